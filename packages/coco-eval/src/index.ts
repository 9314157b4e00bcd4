export { CocoEvalError, type CocoEvalErrorSource } from './input/coco-eval-error';
export { COCO_SIGMAS } from './similarity/coco-sigmas';
export { type BoxEvaluation, evaluateBoxes } from './evaluation/evaluate-boxes';
export { evaluateKeypoints, type KeypointEvaluation } from './evaluation/evaluate-keypoints';
export { heatmapAccuracy, type HeatmapAccuracy, type HeatmapAccuracyOptions } from './metrics/heatmap-accuracy';
export { objectKeypointSimilarity, type OksGroundTruth } from './similarity/object-keypoint-similarity';
export {
  oksNms,
  type OksNmsOptions,
  softOksNms,
  type SoftOksNmsOptions,
  type SoftOksNmsResult,
} from './suppression/oks-nms';
export { pck, type PckOptions, type PckResult } from './metrics/pck';
export { type KeypointError, type KeypointErrors, perKeypointErrors } from './metrics/per-keypoint-errors';
export { summaryTable } from './evaluation/summary-table';
export { BoxEvaluator } from './streaming/box-evaluator';
export { KeypointEvaluator } from './streaming/keypoint-evaluator';
export type {
  CocoBoxAnnotation,
  CocoBoxResult,
  CocoCategory,
  CocoGroundTruth,
  CocoImage,
  CocoKeypointAnnotation,
  CocoKeypointResult,
  CocoRle,
} from './input/coco-types';
export type { NumericArray } from './evaluation/accumulate';
export type { BoxStats } from './evaluation/box-stats';
export type { BoxEvalParams, EvalParams, KeypointEvalParams } from './evaluation/eval-params';
export type { Evaluation, ImageMatches, SimilarityMatrix } from './evaluation/evaluation';
export type { EvaluationSummary } from './evaluation/evaluation-summary';
export type { KeypointStats } from './evaluation/keypoint-stats';
export type { StatDefinition } from './evaluation/stats';
export type { PartialCell, PartialEvaluation } from './streaming/partial-evaluation';
export type { EvaluatedImage, StreamingParams } from './streaming/streaming-evaluator';
export type { ScoredPerson } from './similarity/people-oks';
export type { ResultsTable } from './input/results-table';
