import { cleanBox } from './clean-box';
import type { CocoKeypoints } from './coco-types';
import { countLabelled } from './labelled-keypoints';

/** Minimum, quartiles and maximum. */
export interface Quantiles {
  min: number;
  q25: number;
  median: number;
  q75: number;
  max: number;
}

/** What a COCO keypoint file holds; the object that `coco-dataset stats --json` prints. */
export interface CocoStats {
  source: string;
  images: number;
  /** Annotations that are not crowd. */
  people: number;
  /** People with at least one labelled keypoint. */
  withKeypoints: number;
  crowd: number;
  /** People with labelled keypoints whose box is empty or outside the image. */
  unusableBoxes: number;
  /** Per category and keypoint, how often it is not labelled (v = 0), hidden (1), visible (2) among the people with labelled keypoints. */
  categories: {
    id: number;
    name: string;
    keypoints: { name: string; unlabelled: number; hidden: number; visible: number }[];
  }[];
  /** Annotated box sizes of the people with labelled keypoints, image pixels. */
  boxes: { width: Quantiles; height: Quantiles };
}

/** Counts a validated COCO keypoint file. */
export function cocoStats(coco: CocoKeypoints): CocoStats {
  const sizes = new Map(coco.images.map(({ id, width, height }) => [id, [width, height] as const]));
  const categories = coco.categories.map(({ id, name, keypoints }) => ({
    id,
    name,
    keypoints: keypoints.map((keypoint) => ({ name: keypoint, unlabelled: 0, hidden: 0, visible: 0 })),
  }));
  const byId = new Map(categories.map((category) => [category.id, category]));

  const people = coco.annotations.filter((annotation) => annotation.iscrowd === 0);
  const labelled = people.filter((annotation) => countLabelled(annotation.keypoints) > 0);
  let unusableBoxes = 0;
  for (const { category_id, image_id, keypoints, bbox, area } of labelled) {
    byId.get(category_id)?.keypoints.forEach((count, k) => {
      const v = keypoints[3 * k + 2];
      if (v === 0) count.unlabelled++;
      else if (v === 1) count.hidden++;
      else count.visible++;
    });
    const size = sizes.get(image_id);
    const box = size && cleanBox(bbox, size, area);
    if (!box || (box[2] === 0 && box[3] === 0)) unusableBoxes++;
  }
  return {
    source: coco.source,
    images: coco.images.length,
    people: people.length,
    withKeypoints: labelled.length,
    crowd: coco.annotations.length - people.length,
    unusableBoxes,
    categories,
    boxes: {
      width: quantiles(labelled.map(({ bbox }) => bbox[2])),
      height: quantiles(labelled.map(({ bbox }) => bbox[3])),
    },
  };
}

/** Quantiles of at least one number, linear between the two nearest in rank. */
export function quantiles(values: readonly number[]): Quantiles {
  const sorted = Float64Array.from(values).sort();
  const at = (q: number): number => {
    const rank = q * (sorted.length - 1);
    const below = Math.floor(rank);
    const above = Math.ceil(rank);
    return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
  };
  return { min: at(0), q25: at(0.25), median: at(0.5), q75: at(0.75), max: at(1) };
}
