export { TrainerError } from './trainer-error';
export { train, type TrainResult } from './train';
export type { TrainOptions } from './train-options';
export { trainStep } from './train-step';
export { openTopDownData, type TopDownData, type TopDownDataOptions } from './top-down-data';
export { BatchLoader, type Batch, type BatchLoaderOptions } from './data/batch-loader';
export {
  SIMPLE_BASELINE_AUGMENTATION,
  type Augmentation,
  type Size,
  type TopDownSettings,
} from './data/top-down/top-down-settings';
export { Adam, type AdamOptions, type AdamState, type NamedVariables } from './optimizer/adam';
export { stepLearningRate, type StepSchedule } from './optimizer/step-schedule';
export { evaluate, type Evaluation } from './evaluation/evaluate';
export { heatmapSizeOf, predictHeatmaps, type PredictOptions } from './evaluation/predict-heatmaps';
export type { ModelDescription, TrainingState } from './checkpoint/checkpoint-state';
export { saveCheckpoint, type Checkpoint } from './checkpoint/save-checkpoint';
export { loadCheckpoint, loadCheckpointModel, type StoredCheckpoint } from './checkpoint/load-checkpoint';
export { requireSameModel, restoreWeights } from './checkpoint/restore-weights';
export { ProgressReporter } from './run/progress';
export type { Reporter } from './run/reporter';
export { RunFolder, type LogEntry } from './run/run-folder';
