import { COCO_SIGMAS } from '../similarity/coco-sigmas';
import { checkSigmas, OksKernel, oksVariances } from '../similarity/object-keypoint-similarity';
import type { KeypointEvalParams } from './eval-params';
import type { EvaluationType } from './evaluation-type';
import { KEYPOINT_STATS, type KeypointStats } from './keypoint-stats';

export const KEYPOINTS: EvaluationType<KeypointEvalParams, keyof KeypointStats> = {
  iouType: 'keypoints',
  defaults: { maxDets: [20], areas: ['all', 'medium', 'large'] },
  stats: KEYPOINT_STATS,
  complete(settings, { sigmas = COCO_SIGMAS }) {
    checkSigmas(sigmas);
    return { ...settings, sigmas: [...sigmas] };
  },
  keypointCount: ({ sigmas }) => sigmas.length,
  similarities({ sigmas, useCats }) {
    // pycocotools looks OKS up by category -1 then and finds none.
    if (useCats === 0) return null;
    const kernel = new OksKernel(oksVariances(sigmas));
    return ({ keypoints }, detectionRows, people, groundTruthRows, begin, end, out, offset) =>
      kernel.fill(keypoints, detectionRows, people, groundTruthRows, begin, end, out, offset);
  },
};
