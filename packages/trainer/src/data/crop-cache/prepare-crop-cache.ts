import { open, readdir, rename, rm, stat, statfs, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { PersonInstance } from '@pose/coco-dataset';
import type { Reporter } from '../../run/reporter';
import { TrainerError } from '../../trainer-error';
import type { TopDownSettings } from '../top-down/top-down-settings';
import { Workspace } from '../workspace';
import { decodeColumns, decodeHeader, encodeHead, HEADER_BYTES, sameColumns } from './crop-cache-layout';
import { planCrops, type CropPlan } from './plan-crops';
import { writeCrops, type CropTask, type FailedImage } from './write-crops';

export interface CropCacheOptions {
  /** The cache; made anew when it is missing, or of other people, settings or image files. */
  file: string;
  people: readonly PersonInstance[];
  settings: TopDownSettings;
  /** Worker threads that decode; 0 decodes on the calling thread. */
  workers: number;
  /** An image that cannot be read ends it, or is left for the loader to report. */
  onUnreadable: 'fail' | 'skip';
  reporter?: Reporter;
}

/** Images per task of a worker. */
const TASK_IMAGES = 8;

/**
 * Decodes the pixels around people once, so that later epochs need not decode images: as many as the strongest
 * augmentation of `settings` can show, uncompressed, at their full resolution, so that samples are the same to the byte.
 *
 * @throws TrainerError when the disk has no room for it, or an image cannot be used
 */
export async function prepareCropCache(options: CropCacheOptions): Promise<void> {
  const { people, settings, workers, onUnreadable, reporter } = options;
  const file = resolve(options.file);
  const plan = planCrops(people, settings);
  await removeAbandoned(file);
  if (await isCurrent(file, plan)) return;
  await requireSpace(file, plan.bytes);

  const temporary = `${file}.${process.pid}.tmp`;
  const handle = await open(temporary, 'w+').catch((cause: Error) => {
    throw new TrainerError(`${file}: expected a place for the crop cache: ${cause.message}.`, { cause });
  });
  try {
    await handle.truncate(plan.bytes);
    const failed = await writeAll(temporary, plan, workers, reporter);
    if (failed.length > 0 && onUnreadable === 'fail') throw new TrainerError(failed[0].message);
    leaveOut(plan, failed);
    const head = encodeHead(plan.hash, plan.columns);
    await handle.write(head, 0, head.length, 0);
    await handle.sync();
    await handle.close();
    await rename(temporary, file);
  } catch (error) {
    await closeQuietly(handle);
    await rm(temporary, { force: true });
    throw error;
  }
}

async function writeAll(
  file: string,
  { images }: CropPlan,
  workers: number,
  reporter: Reporter | undefined,
): Promise<FailedImage[]> {
  const pool =
    workers > 0
      ? new Piscina<CropTask, FailedImage[]>({
          filename: join(dirname(fileURLToPath(import.meta.url)), 'crop-cache-worker.cjs'),
          minThreads: workers,
          maxThreads: workers,
        })
      : undefined;
  const workspace = new Workspace();
  const failed: FailedImage[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < images.length) {
      const task = { file, images: images.slice(next, (next += TASK_IMAGES)) };
      failed.push(...(await (pool ? pool.run(task) : writeCrops(task, workspace))));
      reporter?.advance(task.images.length);
    }
  };
  reporter?.start('crop cache', images.length);
  try {
    await Promise.all(Array.from({ length: Math.max(1, workers) }, work));
  } finally {
    reporter?.stop();
    await pool?.destroy();
  }
  return failed;
}

/** Crops of images that cannot be read are marked: the loader turns to the image then, and reports it. */
function leaveOut({ columns, images }: CropPlan, failed: readonly FailedImage[]): void {
  const files = new Set(failed.map(({ imageFile }) => imageFile));
  const offsets = new Set(
    images.filter(({ image }) => files.has(image.imageFile)).flatMap(({ crops }) => crops.map(({ offset }) => offset)),
  );
  columns.offsets.forEach((offset, i) => {
    if (offsets.has(offset)) columns.offsets[i] = -1;
  });
}

/** Whether the file is what the plan would make; its pixels are not looked at. */
async function isCurrent(file: string, { hash, bytes, columns }: CropPlan): Promise<boolean> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (!handle) return false;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    const header = decodeHeader(buffer.subarray(0, bytesRead));
    if (!header && bytesRead > 0) {
      throw new TrainerError(`${file}: expected a crop cache to replace, found another file. Give another name.`);
    }
    if (!header || !header.hash.equals(hash) || header.count !== columns.ids.length) return false;
    if ((await handle.stat()).size !== bytes) return false;
    const found = await handle.read(Buffer.alloc(header.columnBytes), 0, header.columnBytes, HEADER_BYTES);
    return sameColumns(decodeColumns(found.buffer, header.count), columns);
  } finally {
    await handle.close();
  }
}

async function requireSpace(file: string, bytes: number): Promise<void> {
  const folder = dirname(file);
  const disk = await statfs(folder).catch((cause: Error) => {
    throw new TrainerError(`${file}: expected a folder for the crop cache: ${cause.message}.`, { cause });
  });
  const old = await stat(file).then(
    ({ size }) => size,
    () => 0,
  );
  const free = disk.bavail * disk.bsize;
  if (bytes > free) {
    throw new TrainerError(
      `${file}: the crop cache needs ${gigabytes(bytes)} GB, but the disk has ${gigabytes(free)} GB left` +
        `${old > 0 ? ` (an outdated one there takes ${gigabytes(old)} GB: remove it)` : ''}. Free some room, choose ` +
        'another disk, or train without it.',
    );
  }
}

/** What a process that was killed had begun. */
async function removeAbandoned(file: string): Promise<void> {
  const names = await readdir(dirname(file)).catch(() => []);
  for (const name of names) {
    const rest = name.startsWith(`${basename(file)}.`) ? name.slice(basename(file).length) : '';
    const owner = /^\.(\d+)\.tmp$/.exec(rest);
    if (owner && !isRunning(Number(owner[1]))) await rm(join(dirname(file), name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function closeQuietly(handle: FileHandle): Promise<void> {
  await handle.close().catch(() => undefined);
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}
