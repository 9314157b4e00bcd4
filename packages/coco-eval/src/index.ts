export { CocoEvalError, type CocoEvalErrorSource } from './coco-eval-error';
export { COCO_SIGMAS } from './coco-sigmas';
export { evaluateKeypoints } from './evaluate-keypoints';
export { heatmapAccuracy, type HeatmapAccuracy, type HeatmapAccuracyOptions } from './heatmap-accuracy';
export { objectKeypointSimilarity, type OksGroundTruth } from './object-keypoint-similarity';
export { oksNms, type OksNmsOptions, softOksNms, type SoftOksNmsOptions, type SoftOksNmsResult } from './oks-nms';
export { pck, type PckOptions, type PckResult } from './pck';
export { type KeypointError, type KeypointErrors, perKeypointErrors } from './per-keypoint-errors';
export { summaryTable } from './summary-table';
export type {
  CocoCategory,
  CocoGroundTruth,
  CocoImage,
  CocoKeypointAnnotation,
  CocoKeypointResult,
  CocoRle,
} from './coco-types';
export type { NumericArray } from './accumulate';
export type { ImageMatches, KeypointEvaluation, OksMatrix } from './keypoint-evaluation';
export type { KeypointEvalParams } from './keypoint-params';
export type { KeypointStats } from './keypoint-stats';
export type { ScoredPerson } from './people-oks';
export type { ResultsTable } from './load-results';
