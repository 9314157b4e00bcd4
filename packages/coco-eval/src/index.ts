export { CocoEvalError, type CocoEvalErrorSource } from './input/coco-eval-error';
export { type BoxEvaluation, evaluateBoxes } from './evaluation/evaluate-boxes';
export {
  CROWD_POSE_SIGMAS,
  type CrowdPoseAnnotation,
  type CrowdPoseGroundTruth,
  type CrowdPoseImage,
  type CrowdPoseStats,
  evaluateCrowdPose,
} from './evaluation/evaluate-crowd-pose';
export { evaluateKeypoints, type KeypointEvaluation } from './evaluation/evaluate-keypoints';
export { summaryTable } from './evaluation/summary-table';
export { BoxEvaluator } from './streaming/box-evaluator';
export { KeypointEvaluator } from './streaming/keypoint-evaluator';
export { boxIou } from './similarity/box-iou';
export { COCO_FLIP_PAIRS } from './similarity/coco-flip-pairs';
export { COCO_SIGMAS } from './similarity/coco-sigmas';
export { objectKeypointSimilarity, type OksGroundTruth } from './similarity/object-keypoint-similarity';
export { boxNms, boxNmsGroups, type BoxNmsOptions } from './suppression/box-nms';
export { nearbyJointsNms, type NearbyJointsNmsOptions } from './suppression/nearby-joints-nms';
export { oksNms, type OksNmsOptions, softOksNms, type SoftOksNmsOptions } from './suppression/oks-nms';
export { personScore, type PersonScoreOptions } from './suppression/person-score';
export { softBoxNms, type SoftBoxNmsOptions } from './suppression/soft-box-nms';
export { auc, type AucOptions } from './metrics/auc';
export { type BoxedPerson, crowdIndex } from './metrics/crowd-index';
export { epe } from './metrics/epe';
export { heatmapAccuracy, type HeatmapAccuracy, type HeatmapAccuracyOptions } from './metrics/heatmap-accuracy';
export { nme, type NmeOptions } from './metrics/nme';
export { pck, type PckOptions, type PckResult } from './metrics/pck';
export { pcp, type PcpOptions, type PcpResult } from './metrics/pcp';
export { type KeypointError, type KeypointErrors, perKeypointErrors } from './metrics/per-keypoint-errors';
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
export type { ResultsTable } from './input/results-table';
export type { NumericArray } from './evaluation/accumulate';
export type { BoxStats } from './evaluation/box-stats';
export type { BoxEvalParams, EvalParams, KeypointEvalParams } from './evaluation/eval-params';
export type { Evaluation, ImageMatches, SimilarityMatrix } from './evaluation/evaluation';
export type { EvaluationSummary } from './evaluation/evaluation-summary';
export type { KeypointStats } from './evaluation/keypoint-stats';
export type { StatDefinition } from './evaluation/stats';
export type { PartialCell, PartialEvaluation } from './streaming/partial-evaluation';
export type { EvaluatedImage, StreamingEvaluator, StreamingParams } from './streaming/streaming-evaluator';
export type { PersonLengths } from './metrics/keypoint-distances';
export type { ScoredBox } from './similarity/boxes-iou';
export type { ScoredPerson } from './similarity/people-oks';
export type { SoftNmsResult } from './suppression/greedy-suppression';
