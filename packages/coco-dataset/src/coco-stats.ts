import { cleanBox } from './clean-box';
import type { CocoAnnotation, CocoCategory, CocoImage, CocoKeypoints } from './coco-types';
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
  /** `peoplePerImage[n]` images have n people (annotations that are not crowd). */
  peoplePerImage: number[];
  /** `keypointsPerPerson[n]` people have n labelled keypoints; as long as the largest category, and one. */
  keypointsPerPerson: number[];
  /**
   * The people with labelled keypoints by annotated area, at COCO's limits of 32^2 and 96^2 square pixels
   * (cocodataset/cocoapi PythonAPI/pycocotools/cocoeval.py); an area on a limit counts as the larger.
   */
  areas: { small: number; medium: number; large: number };
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
  const areas = { small: 0, medium: 0, large: 0 };
  let unusableBoxes = 0;
  for (const { category_id, image_id, keypoints, bbox, area } of labelled) {
    byId.get(category_id)?.keypoints.forEach((count, k) => {
      const v = keypoints[3 * k + 2];
      if (v === 0) count.unlabelled++;
      else if (v === 1) count.hidden++;
      else count.visible++;
    });
    areas[area < 32 ** 2 ? 'small' : area < 96 ** 2 ? 'medium' : 'large']++;
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
    peoplePerImage: peoplePerImage(coco.images, people),
    keypointsPerPerson: keypointsPerPerson(coco.categories, people),
    areas,
    boxes: {
      width: quantiles(labelled.map(({ bbox }) => bbox[2])),
      height: quantiles(labelled.map(({ bbox }) => bbox[3])),
    },
  };
}

function peoplePerImage(images: readonly CocoImage[], people: readonly CocoAnnotation[]): number[] {
  const counts = new Map(images.map(({ id }) => [id, 0]));
  for (const { image_id } of people) counts.set(image_id, (counts.get(image_id) ?? 0) + 1);
  const histogram: number[] = [];
  for (const count of counts.values()) {
    while (histogram.length <= count) histogram.push(0);
    histogram[count]++;
  }
  return histogram;
}

function keypointsPerPerson(categories: readonly CocoCategory[], people: readonly CocoAnnotation[]): number[] {
  const most = Math.max(...categories.map(({ keypoints }) => keypoints.length));
  const histogram = new Array<number>(most + 1).fill(0);
  for (const { keypoints } of people) histogram[countLabelled(keypoints)]++;
  return histogram;
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
