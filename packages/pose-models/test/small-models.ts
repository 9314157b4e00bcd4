import type { ModelName, ModelOptions } from '../src';

/** One of each kind of network, small enough to compute with on one core. */
export const SMALL_MODELS: readonly (readonly [name: ModelName, options: ModelOptions])[] = [
  ['pose_resnet18', { inputSize: [32, 64], keypoints: 3, deconvFilters: [8, 4], width: 8 }],
  ['pose_resnet50', { inputSize: [32, 64], keypoints: 3, deconvFilters: [8], deconvKernels: 3, deconvBias: true, finalKernel: 3, width: 8 }], // prettier-ignore
  ['pose_resnet50_caffe', { inputSize: [32, 64], keypoints: 3, deconvFilters: [8, 4], deconvKernels: [2, 4], width: 8 }], // prettier-ignore
  ['deeplab_resnet50', { inputSize: [24, 32], keypoints: 3, width: 8 }],
  ['stn_deeplab_resnet18', { inputSize: [24, 32], keypoints: 3, width: 8 }],
  ['pose_hrnet_w32', { inputSize: [32, 64], keypoints: 3, width: 4 }],
  ['litehrnet_18', { inputSize: [32, 64], keypoints: 3, width: 8 }],
  ['naive_litehrnet_18', { inputSize: [32, 64], keypoints: 3, width: 8 }],
  ['hourglass_2stack', { inputSize: [64, 64], keypoints: 3, width: 16 }],
  ['pose_hourglass_52', { inputSize: [128, 128], keypoints: 3, width: 8 }],
  ['openpose_vgg19', { inputSize: [32, 48], keypoints: 3, limbs: 2, stages: 2, width: 8 }],
];
