import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COCO_SKELETON } from '@pose/coco-dataset';
import { makeSyntheticCoco } from '@pose/synthetic-coco';
import { openTopDownData, SIMPLE_BASELINE_AUGMENTATION } from '@pose/trainer';
import { runPython, type NoPython } from './python';
import { measure, table } from './shared';

/** Training samples of one person each, per second. */
export interface SampleRate {
  source: 'JPEG files' | 'crop cache';
  /** Worker threads; 0 is the main thread. */
  workers: number;
  /** People per second, of all workers together: pixels, augmentation, crop, targets. */
  imagesPerSecond: number;
  /** Epochs over the set that the median is of. */
  runs: number;
}

export interface SamplesReport {
  typescript: SampleRate[];
  /** OpenCV and numpy on one core, from JPEG files. */
  python: { imagesPerSecond: number; runs: number; version: string } | NoPython;
}

export interface SamplesTask {
  input: [height: number, width: number];
  batch: number;
  seconds: number;
}

/** The size of most COCO images; what a sample costs is mostly the decoding of its image. */
const IMAGE_SIZE: [number, number] = [640, 480];
const IMAGES = 64;

/** Samples with Microsoft's augmentation and Gaussian targets, with no, one and two worker threads, and the same in Python. */
export async function measureSamples({ input, batch, seconds }: SamplesTask): Promise<SamplesReport> {
  const root = await mkdtemp(join(tmpdir(), 'pose-bench-'));
  const [height, width] = input;
  const typescript: SampleRate[] = [];
  try {
    await makeSyntheticCoco({ out: root, seed: 1, train: IMAGES, val: 1, imageSize: IMAGE_SIZE });
    const size = ['--width', `${width}`, '--height', `${height}`, '--seconds', `${seconds}`];
    const python = await runPython<{ imagesPerSecond: number; runs: number; version: string }>('samples.py', [
      root,
      ...size,
    ]);
    for (const source of ['JPEG files', 'crop cache'] as const) {
      for (const workers of [0, 1, 2]) {
        const { loader } = await openTopDownData({
          root,
          split: 'train2017',
          skeleton: COCO_SKELETON,
          inputSize: [width, height],
          heatmapSize: [width / 4, height / 4],
          batchSize: batch,
          augmentation: SIMPLE_BASELINE_AUGMENTATION,
          cropCache: source === 'crop cache' ? join(root, 'crops.cache') : undefined,
          workers,
        });
        let epoch = 0;
        const timing = await measure(seconds, async () => {
          for await (const batch of loader.shuffled(epoch++)) batch.release();
        });
        await loader.close();
        typescript.push({ source, workers, imagesPerSecond: loader.samples / timing.seconds, runs: timing.runs });
      }
    }
    return { typescript, python };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** A row per source and number of workers, with its rate over Python's. */
export function samplesTable({ typescript, python }: SamplesReport): string {
  const rate = 'reason' in python ? undefined : python.imagesPerSecond;
  const rows = typescript.map(({ source, workers, imagesPerSecond, runs }) => [
    source,
    workers === 0 ? 'none (main thread)' : `${workers}`,
    imagesPerSecond.toFixed(1),
    rate ? `${(imagesPerSecond / rate).toFixed(2)}x` : '-',
    `${runs}`,
  ]);
  if (!('reason' in python)) {
    rows.push([`JPEG files, ${python.version}`, '-', python.imagesPerSecond.toFixed(1), '1x', `${python.runs}`]);
  }
  const lines = table(['source', 'workers', 'img/s', 'over Python', 'runs'], rows);
  return 'reason' in python ? `${lines}\nnot measured: OpenCV and numpy: ${python.reason}` : lines;
}
