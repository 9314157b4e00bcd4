import type { KeypointEvaluation } from '../evaluation/evaluate-keypoints';
import type { CocoGroundTruth, CocoKeypointAnnotation } from '../input/coco-types';

/** A detection and the person that it is taken to be of. */
export interface PersonMatch {
  /** Place in the list of detections, from 0. */
  readonly detection: number;
  readonly person: CocoKeypointAnnotation;
  /** All other people of the image and category, crowds too. */
  readonly others: readonly CocoKeypointAnnotation[];
}

/**
 * The matches of an evaluation at its first threshold and area range, without those of people who are ignored or have
 * no labelled keypoint: nothing can be said of where their keypoints should be.
 */
export function matchedPeople(groundTruth: CocoGroundTruth, { evalImgs }: KeypointEvaluation): PersonMatch[] {
  const byId = new Map(groundTruth.annotations.map((annotation) => [annotation.id, annotation]));
  return evalImgs.flatMap((image) => {
    if (image === null) return [];
    const people = image.gtIds.map((id) => byId.get(id) as CocoKeypointAnnotation);
    return image.dtIds.flatMap((id, d): PersonMatch[] => {
      const taken = image.gtIds.indexOf(image.dtMatches[0][d]);
      if (image.dtMatches[0][d] === 0 || image.dtIgnore[0][d] === 1 || !isLabelled(people[taken])) return [];
      return [{ detection: id - 1, person: people[taken], others: people.filter((_, g) => g !== taken) }];
    });
  });
}

function isLabelled({ keypoints }: CocoKeypointAnnotation): boolean {
  for (let at = 2; at < keypoints.length; at += 3) if (keypoints[at] > 0) return true;
  return false;
}
