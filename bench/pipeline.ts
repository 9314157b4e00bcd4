import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COCO_SKELETON } from '@pose/coco-dataset';
import { makeSyntheticCoco } from '@pose/synthetic-coco';
import { openTopDownData, SIMPLE_BASELINE_AUGMENTATION } from '@pose/trainer';
import { measure } from './shared';

export interface PipelineResult {
  /** Worker threads; 0 is the main thread. */
  workers: number;
  /** People per second, of all workers together: read, decode, augment, crop, targets. */
  imagesPerSecond: number;
  /** Epochs over the set that the median is of. */
  runs: number;
}

export interface PipelineTask {
  input: [height: number, width: number];
  batch: number;
  seconds: number;
}

/** The size of most COCO images; what a sample costs is mostly the decoding of its image. */
const IMAGE_SIZE: [number, number] = [640, 480];
const IMAGES = 32;

/** Training samples with Microsoft's augmentation from JPEG files, with no, one and two worker threads. */
export async function measurePipeline({ input, batch, seconds }: PipelineTask): Promise<PipelineResult[]> {
  const root = await mkdtemp(join(tmpdir(), 'pose-bench-'));
  const [height, width] = input;
  const results: PipelineResult[] = [];
  try {
    await makeSyntheticCoco({ out: root, seed: 1, train: IMAGES, val: 1, imageSize: IMAGE_SIZE });
    for (const workers of [0, 1, 2]) {
      const { loader } = await openTopDownData({
        root,
        split: 'train2017',
        skeleton: COCO_SKELETON,
        inputSize: [width, height],
        heatmapSize: [width / 4, height / 4],
        batchSize: batch,
        augmentation: SIMPLE_BASELINE_AUGMENTATION,
        workers,
      });
      let epoch = 0;
      let samples = 0;
      const timing = await measure(seconds, async () => {
        samples = 0;
        for await (const batch of loader.shuffled(epoch++)) {
          samples += batch.items.length;
          batch.release();
        }
      });
      await loader.close();
      results.push({ workers, imagesPerSecond: samples / timing.seconds, runs: timing.runs });
    }
  } finally {
    await rm(root, { recursive: true, force: true });
  }
  return results;
}
