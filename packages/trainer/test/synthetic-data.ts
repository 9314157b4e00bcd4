import { COCO_SKELETON } from '@pose/coco-dataset';
import { makeSyntheticCoco } from '@pose/synthetic-coco';
import {
  openTopDownData,
  SIMPLE_BASELINE_AUGMENTATION,
  type TopDownData,
  type TopDownDataOptions,
  type TopDownSettings,
} from '@pose/trainer';

/** Renders a tiny data set. */
export async function tinyData(out: string, { train = 6, val = 4 } = {}): Promise<string> {
  await makeSyntheticCoco({ out, seed: 3, train, val, imageSize: [128, 128], maxPeople: 2 });
  return out;
}

/** How its samples are made, augmented. */
export const TINY_SETTINGS: TopDownSettings = {
  kind: 'top-down',
  inputSize: [64, 64],
  heatmapSizes: [[16, 16]],
  encoding: { type: 'gaussian' },
  flipPairs: COCO_SKELETON.flipPairs,
  augmentation: SIMPLE_BASELINE_AUGMENTATION,
};

/** Opens it for `slimModel`, with the built package: its threads run the built worker. */
export function openTiny(root: string, options: Partial<TopDownDataOptions> = {}): Promise<TopDownData> {
  return openTopDownData({
    root,
    split: 'train2017',
    skeleton: COCO_SKELETON,
    inputSize: [64, 64],
    heatmapSize: [16, 16],
    batchSize: 4,
    workers: 0,
    seed: 1,
    ...options,
  });
}
