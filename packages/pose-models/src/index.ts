export { createModel, listModels, type ModelInfo, type ModelName, type ModelOptions, type OptionsOf } from './registry';
export type { PublishedResult } from './published-results';
export { AffineSampler, type AffineSamplerOptions } from './layers/affine-sampler';
export { registerLayers } from './layers/register-layers';
export { BatchNorm, type BatchNormOptions } from './layers/batch-norm';
export { batchNormTrain, type OnBatchStatistics } from './layers/batch-norm-train';
export { readCheckpoint } from './checkpoint/read-checkpoint';
export type { Checkpoint, TorchTensor } from './checkpoint/checkpoint';
export type { DTypeName } from './checkpoint/dtypes';
export { loadTorchWeights, type LoadWeightsOptions, type LoadWeightsReport } from './torch/load-weights';
export { saveTorchWeights } from './torch/save-weights';
export { writeSafetensors, type SafetensorsValue } from './checkpoint/write-safetensors';
export { torchEntries, type TorchEntry } from './torch/torch-entries';
export { getTorchWeights, setTorchWeights } from './torch/torch-weights';
export {
  countMultiplyAdds,
  countParameters,
  summary,
  type LayerSummary,
  type ModelSummary,
  type ParameterCount,
} from './summary/summary';
export { foldBatchNorm } from './inference/fold-batch-norm';
export { fuseLayers, type FusedNetwork } from './inference/fuse-layers';
export { formatSummary } from './summary/format-summary';
export { freeze, unfreeze } from './freeze';
export { ModelError } from './model-error';
