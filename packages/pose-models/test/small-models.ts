import type { ModelName, ModelOptions } from '../src';

/** One of each kind of network, small enough to compute with on one core. */
export const SMALL_MODELS: readonly (readonly [name: ModelName, options: ModelOptions])[] = [
  ['pose_resnet18', { inputSize: [32, 64], keypoints: 3, deconvFilters: [8, 4], width: 8 }],
  ['pose_resnet50', { inputSize: [32, 64], keypoints: 3, deconvFilters: [8, 4], width: 8 }],
];
