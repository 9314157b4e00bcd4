import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { renderImage, type ImageTask } from './render-image';
import type { PersonAnnotation } from './scene-annotations';

/** A thread needs about as long to start as these images take. */
const FEWEST_PER_THREAD = 25;
/** sharp renders one in libuv's threads while the next scene is drawn. */
const AT_A_TIME = 2;

/**
 * Renders images, on all cores where there are enough of them, else on the calling thread.
 *
 * @param imageAt     the image at a place, 0 to count - 1
 * @param onProgress  called after each image
 * @returns who is in each image, by its place
 * @throws what rendering, writing or `onProgress` throws; no image is begun after that, and none is still being written
 */
export async function renderImages(
  count: number,
  imageAt: (place: number) => ImageTask,
  onProgress?: (done: number, total: number) => void,
): Promise<PersonAnnotation[][]> {
  const threads = Math.min(availableParallelism(), Math.floor(count / FEWEST_PER_THREAD));
  const pool = threads > 1 ? openPool(threads) : undefined;
  const people = new Array<PersonAnnotation[]>(count);
  let next = 0;
  let done = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      const place = next++;
      const image = imageAt(place);
      people[place] = await (pool ? pool.run(image) : renderImage(image));
      onProgress?.(++done, count);
    }
  };
  const lanes = Array.from({ length: AT_A_TIME * Math.max(1, threads) }, () =>
    lane().catch((error: unknown) => {
      next = count;
      throw error;
    }),
  );
  const failure = (await Promise.allSettled(lanes)).find((outcome) => outcome.status === 'rejected');
  await pool?.destroy();
  if (failure) throw failure.reason;
  return people;
}

function openPool(threads: number): Piscina<ImageTask, PersonAnnotation[]> {
  return new Piscina({
    filename: join(dirname(fileURLToPath(import.meta.url)), 'render-worker.cjs'),
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: AT_A_TIME,
  });
}
