import {
  imageInstances,
  locateCocoSplit,
  OPENPOSE_SKELETON,
  readCocoKeypoints,
  type CocoKeypoints,
  type ImageInstancesOptions,
  type Skeleton,
} from '@pose/coco-dataset';
import { BatchLoader } from './data/batch-loader';
import type { BottomUpSettings } from './data/bottom-up/bottom-up-settings';
import type { Reporter } from './run/reporter';

type DerivedSettings = 'kind' | 'keypoints' | 'keypointCount' | 'limbs' | 'flipPairs';

export interface BottomUpDataOptions extends Omit<BottomUpSettings, DerivedSettings> {
  /** COCO root: `annotations/person_keypoints_<split>.json` and images in `<split>/` or `images/<split>/`. */
  root: string;
  /** For example 'train2017'. */
  split: string;
  /** The skeleton of the data. */
  skeleton: Skeleton;
  /** Turn COCO's keypoints into OpenPose's 18, and use its limbs. Default true. */
  openPose?: boolean;
  /** Which images: `minKeypoints`, `empty`. Default those with somebody who has a labelled keypoint. */
  images?: Omit<ImageInstancesOptions, 'imageFolder' | 'skeleton'>;
  batchSize: number;
  /** Worker threads; 0 prepares the samples on the calling thread. Default: all cores but one, at least one. */
  workers?: number;
  seed?: number;
  /** An image that is missing, broken or of another size than annotated is an error, or left out. Default 'fail'. */
  onUnreadable?: 'fail' | 'skip';
  /** Told of skipped images. */
  reporter?: Reporter;
}

/** A COCO split as batches of whole images, and the annotations that it is evaluated against. */
export interface BottomUpData {
  loader: BatchLoader<'bottom-up'>;
  coco: CocoKeypoints;
}

/**
 * Opens one split of a data set in COCO's layout for a bottom-up model such as OpenPose.
 *
 * @throws DatasetError when files are missing, are not COCO keypoints, hold nobody, or have other keypoints
 */
export async function openBottomUpData(options: BottomUpDataOptions): Promise<BottomUpData> {
  const { root, split, skeleton, openPose = true, images, batchSize, workers, seed, ...rest } = options;
  const { onUnreadable, reporter, ...own } = rest;
  const { annotationFile, imageFolder } = await locateCocoSplit(root, split);
  const coco = await readCocoKeypoints(annotationFile);
  const items = imageInstances(coco, { ...images, imageFolder, skeleton });
  const trained = openPose ? OPENPOSE_SKELETON : skeleton;
  const settings: BottomUpSettings = {
    ...own,
    kind: 'bottom-up',
    keypoints: openPose ? 'openpose' : 'annotated',
    keypointCount: trained.keypoints.length,
    limbs: trained.limbs,
    flipPairs: skeleton.flipPairs,
  };
  const onSkip = reporter && ((message: string) => reporter.line(message));
  const loader = new BatchLoader<'bottom-up'>({ items, settings, batchSize, workers, seed, onUnreadable, onSkip });
  return { loader, coco };
}
