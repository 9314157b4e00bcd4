import type * as tfl from '@tensorflow/tfjs-layers';
import { initializeWeights } from './initialization/initialize-weights';
import type { ModelDefinition } from './model-definition';
import { ModelError } from './model-error';
import { MODEL_SIZES } from './model-sizes';
import { PUBLISHED_RESULTS, type PublishedResult } from './published-results';
import { HRNETS, type HRNetOptions } from './networks/hrnet';
import { LITE_HRNETS, type LiteHRNetOptions } from './networks/lite-hrnet/lite-hrnet';
import { HOURGLASSES, type HourglassOptions } from './networks/hourglass';
import { poseHourglass52, type MmposeHourglassOptions } from './networks/mmpose-hourglass';
import { openPoseVgg19, type OpenPoseOptions } from './networks/openpose-vgg19';
import { DEEPLAB_POSES, type DeepLabPoseOptions } from './networks/deeplab-pose';
import { POSE_RESNETS, type PoseResNetOptions } from './networks/pose-resnet';
import { STN_DEEPLAB_POSES } from './networks/stn-deeplab-pose';

const MODELS = {
  ...POSE_RESNETS,
  ...HRNETS,
  ...LITE_HRNETS,
  ...HOURGLASSES,
  pose_hourglass_52: poseHourglass52,
  openpose_vgg19: openPoseVgg19,
  ...DEEPLAB_POSES,
  ...STN_DEEPLAB_POSES,
};

export type ModelName = keyof typeof MODELS;

/** What timm and mmpose call some of them. */
const OTHER_NAMES: Readonly<Record<string, ModelName>> = {
  hrnet_w32: 'pose_hrnet_w32',
  hrnet_w48: 'pose_hrnet_w48',
  hourglass52: 'pose_hourglass_52',
};

interface SeedOption {
  /** Of the initial weights; the same seed gives the same weights on every backend. Default 0. null leaves the kernels at zero, for weights that are loaded next. */
  seed?: number | null;
}

/** The options of one model; each has its published default. */
export type OptionsOf<Name extends ModelName> = Partial<(typeof MODELS)[Name]['defaults']> & SeedOption;

/** The options of all models. Which of them a model has, its type in {@link OptionsOf} tells, and `createModel` checks. */
export interface ModelOptions
  extends
    Partial<PoseResNetOptions>,
    Partial<DeepLabPoseOptions>,
    Partial<HRNetOptions>,
    Partial<LiteHRNetOptions>,
    Partial<HourglassOptions>,
    Partial<MmposeHourglassOptions>,
    Partial<OpenPoseOptions>,
    SeedOption {}

export interface ModelInfo {
  name: ModelName;
  /** Parameters counting batch-norm statistics, with the default options. */
  params: number;
  /** Default network input, height x width in pixels. */
  input: string;
  /** Multiply-adds of the convolutions for one image of that size. */
  macs: number;
  /** Where the published implementation is: repository and file. */
  source: string;
  /** Results and sizes that were published of it, those of its source first. */
  published: readonly PublishedResult[];
}

type ListedDefinition = Pick<ModelDefinition, 'source' | 'defaults'>;

/** The registered models, with their size and origin. */
export function listModels(): ModelInfo[] {
  return Object.entries<ListedDefinition>(MODELS).map(([name, { source, defaults }]) => ({
    name: name as ModelName,
    ...MODEL_SIZES[name as ModelName],
    input: [...defaults.inputSize].reverse().join('x'),
    source,
    published: PUBLISHED_RESULTS[name] ?? [],
  }));
}

/**
 * A network with fresh weights: plain tf.layers, so that what `model.save` writes loads with `tf.loadLayersModel` anywhere.
 * Layer names are the module names of the published PyTorch implementation.
 *
 * @param name  one of `listModels()`, or what timm and mmpose call it: `hrnet_w32`, `hrnet_w48`, `hourglass52`
 * @returns images [N, height, width, 3], normalised RGB, to heatmaps [N, heatmap height, heatmap width, keypoints];
 *   several outputs, first to last, where the network predicts in several stages
 * @throws ModelError when the name is unknown, the model has no such option, or an option does not fit
 */
export function createModel<Name extends ModelName>(name: Name, options?: OptionsOf<Name>): tfl.LayersModel;
export function createModel<Name extends string>(
  name: Name extends ModelName ? never : Name,
  options?: ModelOptions,
): tfl.LayersModel;
export function createModel(given: string, { seed = 0, ...options }: ModelOptions = {}): tfl.LayersModel {
  const name = Object.hasOwn(OTHER_NAMES, given) ? OTHER_NAMES[given] : given;
  if (!Object.hasOwn(MODELS, name)) {
    throw new ModelError(`Expected a model name (${Object.keys(MODELS).join(', ')}), found ${JSON.stringify(name)}`);
  }
  if (seed !== null && !Number.isSafeInteger(seed))
    throw new ModelError(`Expected an integer or null for seed, found ${seed}`);
  const definition = MODELS[name as ModelName] as ModelDefinition;
  const complete = withDefaults(name, definition.defaults, options);
  const model = definition.build(complete, name);
  if (seed !== null) initializeWeights(model, seed, (layer) => definition.initialization(layer, complete));
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
