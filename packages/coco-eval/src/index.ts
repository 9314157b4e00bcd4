export { CocoEvalError, type CocoEvalErrorSource } from './input/coco-eval-error';
export { boxIou } from './similarity/box-iou';
export { COCO_SIGMAS } from './similarity/coco-sigmas';
export { evaluateKeypoints } from './evaluation/evaluate-keypoints';
export { heatmapAccuracy, type HeatmapAccuracy, type HeatmapAccuracyOptions } from './metrics/heatmap-accuracy';
export { objectKeypointSimilarity, type OksGroundTruth } from './similarity/object-keypoint-similarity';
export { boxNms, boxNmsGroups, type BoxNmsOptions } from './suppression/box-nms';
export { nearbyJointsNms, type NearbyJointsNmsOptions } from './suppression/nearby-joints-nms';
export { oksNms, type OksNmsOptions, softOksNms, type SoftOksNmsOptions } from './suppression/oks-nms';
export { personScore, type PersonScoreOptions } from './suppression/person-score';
export { softBoxNms, type SoftBoxNmsOptions } from './suppression/soft-box-nms';
export { auc, type AucOptions } from './metrics/auc';
export { type BoxedPerson, crowdIndex } from './metrics/crowd-index';
export { epe } from './metrics/epe';
export { nme, type NmeOptions } from './metrics/nme';
export { pck, type PckOptions, type PckResult } from './metrics/pck';
export { pcp, type PcpOptions, type PcpResult } from './metrics/pcp';
export { type KeypointError, type KeypointErrors, perKeypointErrors } from './metrics/per-keypoint-errors';
export { summaryTable } from './evaluation/summary-table';
export type {
  CocoCategory,
  CocoGroundTruth,
  CocoImage,
  CocoKeypointAnnotation,
  CocoKeypointResult,
  CocoRle,
} from './input/coco-types';
export type { NumericArray } from './evaluation/accumulate';
export type { ImageMatches, KeypointEvaluation, OksMatrix } from './evaluation/keypoint-evaluation';
export type { KeypointEvalParams } from './evaluation/keypoint-params';
export type { KeypointStats } from './evaluation/keypoint-stats';
export type { PersonLengths } from './metrics/keypoint-distances';
export type { ScoredBox } from './similarity/boxes-iou';
export type { ScoredPerson } from './similarity/people-oks';
export type { SoftNmsResult } from './suppression/greedy-suppression';
export type { ResultsTable } from './input/load-results';
