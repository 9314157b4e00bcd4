import {
  locateCocoSplit,
  personInstances,
  readCocoKeypoints,
  type CocoKeypoints,
  type Skeleton,
} from '@pose/coco-dataset';
import { BatchLoader } from './data/batch-loader';
import type { Augmentation, Size } from './data/top-down/top-down-settings';

export interface TopDownDataOptions {
  /** COCO root: `annotations/person_keypoints_<split>.json` and images in `<split>/` or `images/<split>/`. */
  root: string;
  /** For example 'train2017'. */
  split: string;
  /** The skeleton that the model predicts; the data must have it. */
  skeleton: Skeleton;
  inputSize: Size;
  heatmapSize: Size;
  /** Standard deviation of the target Gaussians, heatmap pixels. Default 2. */
  sigma?: number;
  batchSize: number;
  augmentation?: Augmentation;
  /** Worker threads; 0 prepares the samples on the calling thread. Default: all cores but one, at least one. */
  workers?: number;
  seed?: number;
  /**
   * File that keeps the decoded pixels around people, for faster epochs than from JPEG files; made when it is missing, or
   * of other people, settings or image files.
   */
  cropCache?: string;
  /** An image that is missing, broken or of another size than annotated is an error, or its people are left out. Default 'fail'. */
  onUnreadable?: 'fail' | 'skip';
  /** Told of skipped images, and how far the crop cache is. */
  reporter?: Reporter;
}

/** A COCO split as batches of person crops, and the annotations that it is evaluated against. */
export interface TopDownData {
  loader: BatchLoader;
  coco: CocoKeypoints;
}

/**
 * Opens one split of a data set in COCO's layout for a top-down model.
 *
 * @throws DatasetError when files are missing, are not COCO keypoints, hold nobody, or have other keypoints
 */
export async function openTopDownData(options: TopDownDataOptions): Promise<TopDownData> {
  const { root, split, skeleton, inputSize, heatmapSize, sigma = 2, batchSize, augmentation, seed } = options;
  const { workers = defaultWorkers(), cropCache, onUnreadable = 'fail', reporter } = options;
  const { annotationFile, imageFolder } = await locateCocoSplit(root, split);
  const coco = await readCocoKeypoints(annotationFile);
  const people = personInstances(coco, { imageFolder, skeleton });
  const settings: TopDownSettings = {
    kind: 'top-down',
    inputSize,
    heatmapSize,
    sigma,
    flipPairs: skeleton.flipPairs,
    augmentation,
    cropCache,
  };
  if (cropCache) await prepareCropCache({ file: cropCache, people, settings, workers, onUnreadable, reporter });
  const onSkip = reporter && ((message: string) => reporter.line(message));
  return {
    loader: new BatchLoader({ items: people, settings, batchSize, workers, seed, onUnreadable, onSkip }),
    coco,
  };
}
