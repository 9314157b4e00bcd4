import { availableParallelism } from 'node:os';
import {
  locateCocoSplit,
  personInstances,
  readCocoKeypoints,
  type CocoKeypoints,
  type PersonInstance,
  type PersonInstancesOptions,
  type Skeleton,
} from '@pose/coco-dataset';
import { BatchLoader } from './data/batch-loader';
import { prepareCropCache } from './data/crop-cache/prepare-crop-cache';
import type { Size } from './data/size';
import type { TargetEncoding } from './data/top-down/target-encoding';
import type { TopDownSettings } from './data/top-down/top-down-settings';
import type { Reporter } from './run/reporter';

export interface TopDownDataOptions extends Omit<TopDownSettings, 'kind' | 'heatmapSizes' | 'encoding' | 'flipPairs'> {
  /** COCO root: `annotations/person_keypoints_<split>.json` and images in `<split>/` or `images/<split>/`. */
  root: string;
  /** For example 'train2017'. */
  split: string;
  /** The skeleton that the model predicts; the data must have it. */
  skeleton: Skeleton;
  heatmapSize: Size;
  /** Further heatmap sizes, for intermediate supervision at several resolutions. */
  intermediateSizes?: readonly Size[];
  /** Default `{ type: 'gaussian' }`, SimpleBaseline's heatmaps. */
  encoding?: TargetEncoding;
  /** Which people: annotated ones by their keypoints and area, or `detections`. Default everybody with a labelled keypoint. */
  people?: Pick<PersonInstancesOptions, 'minKeypoints' | 'minArea' | 'detections'>;
  /** Leaves out people for whom it gives false, such as those labelled in one corner only (`hasCenteredKeypoints`). */
  filter?: (person: PersonInstance) => boolean;
  batchSize: number;
  /** Worker threads; 0 prepares the samples on the calling thread. Default: all cores but one, at least one. */
  workers?: number;
  seed?: number;
  /** An image that is missing, broken or of another size than annotated is an error, or its people are left out. Default 'fail'. */
  onUnreadable?: 'fail' | 'skip';
  /** Told of skipped images, and how far the crop cache is. */
  reporter?: Reporter;
}

/** A COCO split as batches of person crops, and the annotations that it is evaluated against. */
export interface TopDownData {
  loader: BatchLoader;
  coco: CocoKeypoints;
  settings: TopDownSettings;
  /** Whether the people are detected boxes, whose keypoints nobody knows: to evaluate on, not to train on. */
  detected: boolean;
}

/**
 * Opens one split of a data set in COCO's layout for a top-down model. With `cropCache`, a file, the decoded pixels
 * around people are kept there, for faster epochs than from JPEG files.
 *
 * @throws DatasetError when files are missing, are not COCO keypoints, hold nobody, or have other keypoints
 * @throws TrainerError when the crop cache cannot be made
 */
export async function openTopDownData(options: TopDownDataOptions): Promise<TopDownData> {
  const {
    root,
    split,
    skeleton,
    heatmapSize,
    intermediateSizes = [],
    people: select,
    filter = () => true,
    ...rest
  } = options;
  const { batchSize, workers = Math.max(1, availableParallelism() - 1), seed, ...more } = rest;
  const { onUnreadable = 'fail', reporter, encoding = { type: 'gaussian' }, ...own } = more;
  const { annotationFile, imageFolder } = await locateCocoSplit(root, split);
  const coco = await readCocoKeypoints(annotationFile);
  const items = personInstances(coco, { ...select, imageFolder, skeleton }).filter(filter);
  const heatmapSizes = [heatmapSize, ...intermediateSizes];
  const settings: TopDownSettings = { ...own, kind: 'top-down', heatmapSizes, encoding, flipPairs: skeleton.flipPairs };
  const { cropCache: file } = settings;
  if (file) await prepareCropCache({ file, people: items, settings, workers, onUnreadable, reporter });
  const onSkip = reporter && ((message: string) => reporter.line(message));
  const loader = new BatchLoader({ items, settings, batchSize, workers, seed, onUnreadable, onSkip });
  return { loader, coco, settings, detected: select?.detections !== undefined };
}
