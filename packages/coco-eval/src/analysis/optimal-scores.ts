import type { KeypointEvaluation } from '../evaluation/evaluate-keypoints';
import { maximumAssignment } from './maximum-assignment';

/**
 * The scores that rank detections as their OKS would (Ronchi and Perona 2017, section 3.2; matteorr/coco-analyze
 * pycocotools/cocoeval.py, evaluateImgScores): in each image, detections are paired with the people who count so that
 * the sum of OKS is the highest; each gets the OKS of its pair as its score, and 0 where it has none
 * (there, one without is ranked by its OKS with an ignored person, still below all pairs of its image).
 *
 * @param evaluation of one area range, with a maxDets that no image exceeds
 * @returns a score for each detection of the list
 */
export function optimalScores(evaluation: KeypointEvaluation): Float64Array {
  const scores = new Float64Array(evaluation.results.scores.length);
  for (const image of evaluation.evalImgs) {
    const oks = image && evaluation.similarities(image.imageId, image.categoryId);
    if (!oks) continue;
    const counting = new Set(image.gtIds.filter((_, g) => image.gtIgnore[g] === 0));
    const columns = oks.gtIds.map((_, g) => g).filter((g) => counting.has(oks.gtIds[g]));
    if (columns.length === 0) continue;
    const values = oks.matrix.map((row) => columns.map((g) => row[g]));
    maximumAssignment(values).forEach((g, d) => {
      if (g >= 0) scores[oks.dtIds[d] - 1] = values[d][g];
    });
  }
  return scores;
}
