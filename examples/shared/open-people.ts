import { readDetections } from '@pose/coco-dataset';
import {
  openTopDownData,
  type Augmentation,
  type Reporter,
  type TopDownData,
  type TopDownDataOptions,
} from '@pose/trainer';
import type { DataOptions } from './data-options';
import type { RunOptions } from './run-options';
import type { TopDownOptions } from './top-down-options';

/** What an example says of its people beside the options. */
export interface PeopleOptions extends Pick<TopDownDataOptions, 'root' | 'skeleton' | 'inputSize' | 'heatmapSize'> {
  /** Further augmentation of the people to train on. */
  augmentation?: Partial<Augmentation>;
  /** What else holds for the people to train on only. */
  training?: Pick<TopDownDataOptions, 'rectify' | 'filter'>;
  reporter: Reporter;
}

/** The people to train on, changed at random, and those to evaluate on: annotated ones, or detected boxes. */
export async function openPeople(
  { augmentation, training, reporter, ...frame }: PeopleOptions,
  options: DataOptions & TopDownOptions & Pick<RunOptions, 'batch'>,
): Promise<{ train: TopDownData; val: TopDownData }> {
  const open = (split: string, settings: Partial<TopDownDataOptions>) =>
    openTopDownData({
      ...frame,
      split,
      encoding: { type: 'gaussian', sigma: options.sigma },
      batchSize: options.batch,
      workers: options.workers,
      seed: options.seed,
      onUnreadable: options.skipUnreadable ? 'skip' : 'fail',
      reporter,
      ...settings,
    });
  const { scaleFactor, rotation: rotationFactor, flip: flipProbability, cropCache, detections } = options;
  const train = await open(options.trainSplit, {
    ...training,
    augmentation: { scaleFactor, rotationFactor, flipProbability, ...augmentation },
    cropCache,
  });
  const list = detections && (await readDetections(detections));
  const val = await open(options.valSplit, { people: list ? { detections: { list } } : undefined });
  reporter.line(`${train.loader.samples} people to train on, ${val.loader.samples} to evaluate`);
  return { train, val };
}
