import type * as tfl from '@tensorflow/tfjs-layers';
import { initializeKernels } from './initialize-kernels';
import { ModelError } from './model-error';
import { poseResNet, type PoseResNetOptions } from './pose-resnet';

export interface ModelOptions {
  /** Network input [width, height], pixels. Default [192, 256]. */
  inputSize?: readonly [number, number];
  /** Heatmaps to predict. Default 17, COCO's. */
  keypoints?: number;
  /** Widths of the transposed convolutions of the pose_resnet models. Default [256, 256, 256]. */
  deconvFilters?: readonly number[];
  /** Channels of the first stage of the pose_resnet models, doubled by each later one. Default 64, as published; less makes a slim network. */
  width?: number;
  /** Of the initial weights; the same seed gives the same weights on every backend. Default 0. null leaves the kernels at zero, for weights that are loaded next. */
  seed?: number | null;
}

export interface ModelInfo {
  name: ModelName;
  /** Parameters counting batch-norm statistics, with the default options (17 keypoints). */
  params: number;
  /** Where the published implementation is: repository and file. */
  source: string;
}

interface ModelEntry {
  params: number;
  source: string;
  build: (options: PoseResNetOptions) => tfl.LayersModel;
}

const POSE_RESNET = 'Microsoft/human-pose-estimation.pytorch: lib/models/pose_resnet.py';

const MODELS = {
  pose_resnet18: { params: 15_387_857, source: POSE_RESNET, build: (options) => poseResNet(18, options) },
  pose_resnet34: { params: 25_503_441, source: POSE_RESNET, build: (options) => poseResNet(34, options) },
  pose_resnet50: { params: 34_054_353, source: POSE_RESNET, build: (options) => poseResNet(50, options) },
  pose_resnet101: { params: 53_098_705, source: POSE_RESNET, build: (options) => poseResNet(101, options) },
  pose_resnet152: { params: 68_788_433, source: POSE_RESNET, build: (options) => poseResNet(152, options) },
} as const satisfies Record<string, ModelEntry>;

export type ModelName = keyof typeof MODELS;

/** The registered models, with their size and origin. */
export function listModels(): ModelInfo[] {
  return Object.entries(MODELS).map(([name, { params, source }]) => ({ name: name as ModelName, params, source }));
}

/**
 * A network with fresh weights: plain tf.layers, so that what `model.save` writes loads with `tf.loadLayersModel` anywhere.
 * Layer names are the module names of the published PyTorch implementation.
 *
 * @param name  one of `listModels()`
 * @returns images [N, height, width, 3], normalised RGB, to heatmaps [N, height / 4, width / 4, keypoints]
 * @throws ModelError when the name is unknown or the options do not fit the model
 */
export function createModel(
  name: ModelName | (string & Record<never, never>),
  options: ModelOptions = {},
): tfl.LayersModel {
  if (!Object.hasOwn(MODELS, name)) {
    throw new ModelError(`Expected a model name (${Object.keys(MODELS).join(', ')}), found ${JSON.stringify(name)}`);
  }
  const { inputSize = [192, 256], keypoints = 17, deconvFilters = [256, 256, 256], width = 64, seed = 0 } = options;
  if (seed !== null && !Number.isSafeInteger(seed))
    throw new ModelError(`Expected an integer or null for seed, found ${seed}`);
  const model = MODELS[name as ModelName].build({ inputSize, keypoints, deconvFilters, width });
  if (seed !== null) initializeKernels(model, seed);
  return model;
}
