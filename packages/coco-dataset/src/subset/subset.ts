import type { CocoKeypoints } from '../coco-types';
import { DatasetError } from '../dataset-error';
import { countLabelled } from '../labelled-keypoints';
import { chooseImages, type ImageChoice } from './choose-images';

export interface SubsetOptions extends ImageChoice {
  /** Only annotations of people with labelled keypoints (no crowd), and only images that have one; false by default. */
  withKeypoints?: boolean;
}

/**
 * Some images of a data set with their annotations, in the order of the file. People without keypoints are left out
 * first, so `first: 100` with `withKeypoints` is the first hundred images that have people with keypoints.
 *
 * @throws DatasetError when an option is out of range, an image id is not there, or no image is left
 */
export function subset(coco: CocoKeypoints, options: SubsetOptions): CocoKeypoints {
  let { images, annotations } = coco;
  if (options.withKeypoints) {
    annotations = annotations.filter(({ iscrowd, keypoints }) => iscrowd === 0 && countLabelled(keypoints) > 0);
    const withPeople = new Set(annotations.map(({ image_id }) => image_id));
    images = images.filter(({ id }) => withPeople.has(id));
  }
  const chosen = new Set(
    chooseImages(
      images.map(({ id }) => id),
      options,
      coco.source,
    ),
  );
  return restrictTo(coco, chosen, annotations);
}

/**
 * Two parts of a data set that share no image; the order of the file is kept in both.
 *
 * @param share  of the images that go into the first part: above 0 and below 1, the nearest whole number of images
 * @param seed   a whole number; the same images for the same seed, and more of the same with a larger share
 * @throws DatasetError when the share is out of range or leaves a part without images
 */
export function splitByShare(
  coco: CocoKeypoints,
  share: number,
  seed: number,
): [first: CocoKeypoints, second: CocoKeypoints] {
  const ids = coco.images.map(({ id }) => id);
  const first = new Set(chooseImages(ids, { share, seed }, coco.source));
  const second = new Set(ids.filter((id) => !first.has(id)));
  if (second.size === 0) {
    throw new DatasetError(
      `${coco.source}: share: expected one that leaves images for the second part, ` +
        `found ${share} of ${ids.length} images`,
    );
  }
  return [restrictTo(coco, first), restrictTo(coco, second)];
}

function restrictTo(coco: CocoKeypoints, imageIds: ReadonlySet<number>, annotations = coco.annotations): CocoKeypoints {
  return {
    ...coco,
    images: coco.images.filter(({ id }) => imageIds.has(id)),
    annotations: annotations.filter(({ image_id }) => imageIds.has(image_id)),
  };
}
