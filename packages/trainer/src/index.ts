export { TrainerError } from './trainer-error';
export type { JsonValue } from './json-value';
export { train, type TrainResult } from './train';
export type { TrainOptions } from './train-options';
export { findLearningRate, type FindLearningRateOptions, type FoundLearningRate } from './rehearsal/find-learning-rate';
export { formatPlan } from './rehearsal/format-plan';
export { planTraining, type TrainingPlan } from './rehearsal/plan-training';
export type { Phase } from './phase';
export { CompiledPass } from './gradients/compiled-pass';
export { CompiledStep, type CompiledStepOptions } from './gradients/compiled-step';
export { COMPILE_MODES, type CompileMode } from './gradients/compile-mode';
export { PRECISIONS, type Precision } from '@pose/tfjs-compile';
export { computeGradients, trainableVariables, trainStep, type GradientResult, type StepResult } from './train-step';
export type { BatchLoss, Objective } from './task/objective';
export type { Task } from './task/task';
export {
  HEATMAP_OBJECTIVE,
  stagesMse,
  topDownTargets,
  topDownTask,
  type TopDownTargets,
  type TopDownTaskOptions,
} from './task/top-down-task';
export {
  bottomUpTargets,
  bottomUpTask,
  OPENPOSE_OBJECTIVE,
  openPoseStages,
  type BottomUpTargets,
  type BottomUpTaskOptions,
} from './task/bottom-up-task';
export { openTopDownData, type TopDownData, type TopDownDataOptions } from './top-down-data';
export { openBottomUpData, type BottomUpData, type BottomUpDataOptions } from './bottom-up-data';
export { BatchLoader, type Batch, type BatchLoaderOptions } from './data/batch-loader';
export type { EvaluationData, SampleSource, TrainingBatch, TrainingData } from './data/training-data';
export type { Size } from './data/size';
export { SIMPLE_BASELINE_AUGMENTATION, type Augmentation } from './data/top-down/augmentation';
export type { TopDownArrays, TopDownSettings } from './data/top-down/top-down-settings';
export type { TargetEncoding } from './data/top-down/target-encoding';
export { drawTopDownSample, type TopDownSample } from './data/top-down/draw-sample';
export type { BottomUpArrays, BottomUpSettings } from './data/bottom-up/bottom-up-settings';
export { drawBottomUpSample, type BottomUpSample } from './data/bottom-up/draw-sample';
export { prepareCropCache, type CropCacheOptions } from './data/crop-cache/prepare-crop-cache';
export type { GraphOptimizer } from './optimizer/graph-optimizer';
export type { NamedVariables, Optimizer, OptimizerState } from './optimizer/optimizer';
export type { AdamOptions } from './optimizer/adam-step';
export type { Decays } from './optimizer/slot-optimizer';
export { Adam } from './optimizer/adam';
export { AdamW } from './optimizer/adamw';
export { Sgd, type SgdOptions } from './optimizer/sgd';
export { clipGradients, type ClippedGradients } from './optimizer/clip-gradients';
export { GradientSum } from './optimizer/gradient-sum';
export type { Schedule, SchedulePosition } from './schedule/schedule';
export type { LinearWarmup } from './schedule/linear-warmup';
export { constantRate } from './schedule/constant-rate';
export { stepRate, type StepRateOptions } from './schedule/step-rate';
export { warmupMultistepRate, type WarmupMultistepRateOptions } from './schedule/warmup-multistep-rate';
export { cosineRate, type CosineRateOptions } from './schedule/cosine-rate';
export { plateauRate, type PlateauRate, type PlateauRateOptions } from './schedule/plateau-rate';
export { gluonRate, type GluonRateOptions } from './schedule/gluon-rate';
export { gluonStepRate, type GluonStepRateOptions } from './schedule/gluon-step-rate';
export { gluonWarmupStepRate, type GluonWarmupStepRateOptions } from './schedule/gluon-warmup-step-rate';
export { WeightAverage, type WeightAverageState } from './average/weight-average';
export { evaluate } from './evaluation/evaluate';
export { ForwardPass, type EvaluatedNetwork } from './evaluation/forward-pass';
export type { Evaluation, EvaluationPictures, Evaluator } from './evaluation/evaluator';
export { topDownEvaluator, type TopDownEvaluatorOptions } from './evaluation/top-down-evaluator';
export { bottomUpEvaluator, type BottomUpEvaluatorOptions } from './evaluation/bottom-up-evaluator';
export { evaluationSections, headlines } from './report/evaluation-sections';
export { validationLoss } from './evaluation/validation-loss';
export type { Sampler } from './sampler/sampler';
export { ShuffledSampler } from './sampler/shuffled-sampler';
export { AdaBatch } from './sampler/ada-batch';
export type { AdaBatchOptions } from './sampler/ada-batch-options';
export type { EpochDifficulty } from './sampler/difficulty-history';
export { difficultyChart } from './sampler/difficulty-chart';
export { heatmapSizeOf, type ModelDescription } from '@pose/predictor';
export type { TrainingState } from './checkpoint/checkpoint-state';
export { replaceFile } from './checkpoint/atomic-file';
export { saveCheckpoint, type Checkpoint } from './checkpoint/save-checkpoint';
export { loadCheckpoint, loadCheckpointModel, type StoredCheckpoint } from './checkpoint/load-checkpoint';
export { requireSameModel, restoreWeights } from './checkpoint/restore-weights';
export { ProgressReporter } from './run/progress';
export type { Reporter } from './run/reporter';
export { RunFolder, type LogEntry } from './run/run-folder';
export type { EpochReport, EvaluationReport, StepReport, TrainingHooks } from './training-hooks';
export { tensorBoard, type TensorBoardOptions } from './telemetry/tensor-board-hooks';
export { EventWriter } from './telemetry/event-writer';
export { csvLog } from './telemetry/csv-log';
