import { intersectionOverUnion } from '../similarity/box-iou';
import type { BoxEvalParams } from './eval-params';
import { BOX_STATS, type BoxStats } from './box-stats';
import type { EvaluationType, FillSimilarities } from './evaluation-type';

export const BOXES: EvaluationType<BoxEvalParams, keyof BoxStats> = {
  iouType: 'bbox',
  defaults: { maxDets: [1, 10, 100], areas: ['all', 'small', 'medium', 'large'] },
  stats: BOX_STATS,
  complete: (settings) => settings,
  keypointCount: () => null,
  similarities: () => fillIou,
};

const fillIou: FillSimilarities = (results, detectionRows, groundTruth, groundTruthRows, begin, end, out, offset) => {
  const [detected, labelled] = [results.boxes, groundTruth.boxes];
  let at = offset;
  for (const detectionRow of detectionRows) {
    const d = 4 * detectionRow;
    for (let i = begin; i < end; i++) {
      const g = 4 * groundTruthRows[i];
      out[at++] = intersectionOverUnion(
        detected[d],
        detected[d + 1],
        detected[d + 2],
        detected[d + 3],
        labelled[g],
        labelled[g + 1],
        labelled[g + 2],
        labelled[g + 3],
        groundTruth.crowds[groundTruthRows[i]] === 1,
      );
    }
  }
};
