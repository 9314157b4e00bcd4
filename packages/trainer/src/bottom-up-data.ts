import {
  imageInstances,
  locateCocoSplit,
  OPENPOSE_SKELETON,
  readCocoKeypoints,
  type CocoKeypoints,
  type ImageInstancesOptions,
  type Skeleton,
} from '@pose/coco-dataset';
import { checkOption } from './check-option';
import { BatchLoader } from './data/batch-loader';
import type { BottomUpSettings } from './data/bottom-up/bottom-up-settings';
import { outwardLimbs } from './data/bottom-up/outward-limbs';
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
  /** Only the first so many of those images, for evaluation as well. Default all. */
  limit?: number;
  /** Each image so many times an epoch, drawn anew each time. Default 1. */
  repeat?: number;
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
  settings: BottomUpSettings;
}

/**
 * Opens one split of a data set in COCO's layout for a bottom-up model such as OpenPose.
 *
 * @throws DatasetError when files are missing, are not COCO keypoints, hold nobody, or have other keypoints
 * @throws TrainerError when `limit` or `repeat` is not a whole number above 0
 */
export async function openBottomUpData(options: BottomUpDataOptions): Promise<BottomUpData> {
  const { root, split, skeleton, openPose = true, images, limit, repeat = 1, ...rest } = options;
  const { batchSize, workers, seed, onUnreadable, reporter, ...own } = rest;
  checkOption('limit', limit ?? 1, 'a whole number, 1 or more', isCount(limit ?? 1));
  checkOption('repeat', repeat, 'a whole number, 1 or more', isCount(repeat));
  const { annotationFile, imageFolder } = await locateCocoSplit(root, split);
  const all = await readCocoKeypoints(annotationFile);
  const chosen = imageInstances(all, { ...images, imageFolder, skeleton }).slice(0, limit);
  const coco = limit === undefined ? all : onlyImages(all, new Set(chosen.map(({ imageId }) => imageId)));
  const items = Array.from({ length: repeat }, () => chosen).flat();
  const trained = openPose ? OPENPOSE_SKELETON : skeleton;
  const settings: BottomUpSettings = {
    ...own,
    kind: 'bottom-up',
    keypoints: openPose ? 'openpose' : 'annotated',
    keypointCount: trained.keypoints.length,
    limbs: openPose ? trained.limbs : outwardLimbs(trained.limbs),
    flipPairs: skeleton.flipPairs,
  };
  const onSkip = reporter && ((message: string) => reporter.line(message));
  const loader = new BatchLoader<'bottom-up'>({ items, settings, batchSize, workers, seed, onUnreadable, onSkip });
  return { loader, coco, settings };
}

const isCount = (value: number) => Number.isSafeInteger(value) && value > 0;

/** The annotations of some images, for AP over these alone. */
function onlyImages(coco: CocoKeypoints, ids: ReadonlySet<number>): CocoKeypoints {
  return {
    ...coco,
    images: coco.images.filter(({ id }) => ids.has(id)),
    annotations: coco.annotations.filter(({ image_id }) => ids.has(image_id)),
  };
}
