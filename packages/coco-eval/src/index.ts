export { CocoEvalError, type CocoEvalErrorSource } from './input/coco-eval-error';
export {
  analyzeKeypointErrors,
  type AnalyzedDetection,
  type KeypointErrorAnalysis,
  type KeypointErrorCounts,
} from './analysis/analyze-keypoint-errors';
export { type KeypointErrorKind } from './analysis/classify-keypoints';
export { type CorrectionStep } from './analysis/corrections';
export { type ErrorAnalysisOptions } from './analysis/error-analysis-options';
export { type JointOksLoss } from './analysis/joint-oks-loss';
export {
  type EvaluationCurves,
  type PrecisionRecallCurve,
  precisionRecallCurves,
} from './analysis/precision-recall-curves';
export { COCO_FLIP_PAIRS } from './similarity/coco-flip-pairs';
export { COCO_SIGMAS } from './similarity/coco-sigmas';
export { evaluateKeypoints } from './evaluation/evaluate-keypoints';
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
export type { ScoredPerson } from './similarity/people-oks';
export type { ResultsTable } from './input/load-results';
