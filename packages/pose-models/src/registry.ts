import type * as tfl from '@tensorflow/tfjs-layers';
import { initializeWeights } from './initialization/initialize-weights';
import type { ModelDefinition } from './model-definition';
import { ModelError } from './model-error';
import { DEEPLAB_POSES, type DeepLabPoseOptions } from './networks/deeplab-pose';
import { POSE_RESNETS, type PoseResNetOptions } from './networks/pose-resnet';
import { STN_DEEPLAB_POSES } from './networks/stn-deeplab-pose';

const MODELS = {
  ...POSE_RESNETS,
  ...DEEPLAB_POSES,
  ...STN_DEEPLAB_POSES,
};

export type ModelName = keyof typeof MODELS;

interface SeedOption {
  /** Of the initial weights; the same seed gives the same weights on every backend. Default 0. null leaves the kernels at zero, for weights that are loaded next. */
  seed?: number | null;
}

/** The options of one model; each has its published default. */
export type OptionsOf<Name extends ModelName> = Partial<(typeof MODELS)[Name]['defaults']> & SeedOption;

/** The options of all models. Which of them a model has, its type in {@link OptionsOf} tells, and `createModel` checks. */
export interface ModelOptions extends Partial<PoseResNetOptions>, Partial<DeepLabPoseOptions>, SeedOption {}

export interface ModelInfo {
  name: ModelName;
  /** Parameters counting batch-norm statistics, with the default options. */
  params: number;
  /** Where the published implementation is: repository and file. */
  source: string;
}

/** The registered models, with their size and origin. */
export function listModels(): ModelInfo[] {
  return Object.entries(MODELS).map(([name, { params, source }]) => ({ name: name as ModelName, params, source }));
}

/**
 * A network with fresh weights: plain tf.layers, so that what `model.save` writes loads with `tf.loadLayersModel` anywhere.
 * Layer names are the module names of the published PyTorch implementation.
 *
 * @param name  one of `listModels()`
 * @returns images [N, height, width, 3], normalised RGB, to heatmaps [N, heatmap height, heatmap width, keypoints]
 * @throws ModelError when the name is unknown, the model has no such option, or an option does not fit
 */
export function createModel<Name extends ModelName>(name: Name, options?: OptionsOf<Name>): tfl.LayersModel;
export function createModel(name: string, options?: ModelOptions): tfl.LayersModel;
export function createModel(name: string, { seed = 0, ...options }: ModelOptions = {}): tfl.LayersModel {
  if (!Object.hasOwn(MODELS, name)) {
    throw new ModelError(`Expected a model name (${Object.keys(MODELS).join(', ')}), found ${JSON.stringify(name)}`);
  }
  if (seed !== null && !Number.isSafeInteger(seed))
    throw new ModelError(`Expected an integer or null for seed, found ${seed}`);
  const { defaults, build, initialization } = MODELS[name as ModelName] as ModelDefinition;
  const model = build(withDefaults(name, defaults, options), name);
  if (seed !== null) initializeWeights(model, seed, initialization);
  return model;
}

/** @throws ModelError when an option is none of the model's */
function withDefaults<Options extends object>(name: string, defaults: Options, options: object): Options {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const unknown = given.find(([option]) => !Object.hasOwn(defaults, option));
  if (unknown) {
    throw new ModelError(
      `Expected options of ${name} (${Object.keys(defaults).join(', ')}, seed), found ${unknown[0]}`,
    );
  }
  return { ...defaults, ...Object.fromEntries(given) };
}
