export { createModel, listModels, type ModelInfo, type ModelName, type ModelOptions } from './registry';
export { BatchNorm, type BatchNormOptions } from './batch-norm';
export { batchNormTrain, type OnBatchStatistics } from './batch-norm-train';
export { torchEntries, type TorchEntry } from './torch-entries';
export { getTorchWeights, setTorchWeights } from './torch-weights';
export { countMultiplyAdds, countParameters, summary, type LayerSummary, type ModelSummary } from './summary';
export { foldBatchNorm } from './fold-batch-norm';
export { formatSummary } from './format-summary';
export { ModelError } from './model-error';
