import * as tfl from '@tensorflow/tfjs-layers';
import { heFanIn, normal, type InitializedLayer, type WeightSpread } from '../initialization/initialization';
import { conv } from '../layers/convolution';
import { concat, relu } from '../layers/elementwise';
import { maxPool2x2 } from '../layers/pooling';
import { checkCommonOptions, checkCount, type CommonOptions, type ModelDefinition } from '../model-definition';
import { ModelError } from '../model-error';

/**
 * OpenPose: the first ten layers of VGG-19, then stages of two branches each, which predict part affinity fields and
 * heatmaps of all people in the image; every stage refines what the one before predicted.
 * Paper: Cao, Simon, Wei, Sheikh 2017, "Realtime Multi-Person 2D Pose Estimation using Part Affinity Fields", section 2.
 * Origin: tensorboy/pytorch_Realtime_Multi-Person_Pose_Estimation, lib/network/rtpose_vgg.py.
 */

export interface OpenPoseOptions extends CommonOptions {
  /** Limbs with a part affinity field; each has two channels, x and y. */
  limbs: number;
  /** Of them each has two outputs; 6 as published. */
  stages: number;
  /** Channels of the trunk's first layer; the others are multiples of it. 64 as published. */
  width: number;
  /**
   * What fresh kernels are drawn from. 'normal', as published: a standard deviation of 0.01 everywhere, for a trunk that
   * gets VGG-19's trained weights next; a fresh one passes nothing on. 'he': He et al. 2015 but for the outputs, to train
   * without such weights, or a slim network.
   */
  initialization: 'normal' | 'he';
}

// Filters are multiples of the width.

/** VGG-19 up to conv4_2, then two layers that narrow it to the stages' 128 channels; all kernels are 3x3. */
const TRUNK = [1, 1, 'pool', 2, 2, 'pool', 4, 4, 4, 4, 'pool', 8, 8, 4, 2] as const;

/** Inner convolutions of a branch, [filters, kernel size]. */
const STAGE_1 = [[2, 3], [2, 3], [2, 3], [8, 1]] as const; // prettier-ignore
const LATER_STAGES = [[2, 7], [2, 7], [2, 7], [2, 7], [2, 7], [2, 1]] as const; // prettier-ignore

export const openPoseVgg19: ModelDefinition<OpenPoseOptions> = {
  source: 'tensorboy/pytorch_Realtime_Multi-Person_Pose_Estimation: lib/network/rtpose_vgg.py',
  defaults: { inputSize: [368, 368], keypoints: 18, limbs: 19, stages: 6, width: 64, initialization: 'normal' },
  build: buildOpenPose,
  initialization,
};

const NORMAL = normal(0.01);

function initialization(layer: InitializedLayer, options: OpenPoseOptions): WeightSpread {
  const isOutput = /^model(1_\d\.8|\d+_\d\.12)$/.test(layer.name);
  return options.initialization === 'normal' || isOutput ? NORMAL(layer) : heFanIn(layer);
}

/**
 * Images [N, height, width, 3], normalised RGB, to two outputs of each stage, first to last: part affinity fields
 * [N, height / 8, width / 8, 2 * limbs], then heatmaps [N, height / 8, width / 8, keypoints + 1], the background's last.
 */
function buildOpenPose(options: OpenPoseOptions, name: string): tfl.LayersModel {
  checkCommonOptions(options, 8);
  checkCount('limbs', options.limbs);
  checkCount('stages', options.stages);
  checkCount('width', options.width);
  if (!['normal', 'he'].includes(options.initialization)) {
    throw new ModelError(`Expected 'normal' or 'he' for initialization, found ${options.initialization}`);
  }
  const { keypoints, limbs, stages } = options;
  const [width, height] = options.inputSize;

  const image = tfl.input({ shape: [height, width, 3], name: 'image' }); //  (N, H, W, 3)
  const features = trunk(image, 'model0', options.width); //                  (N, H/8, W/8, 2 * width)
  const outputs: tfl.SymbolicTensor[] = [];
  let x = features;
  for (let stage = 1; stage <= stages; stage++) {
    const multiples = stage === 1 ? STAGE_1 : LATER_STAGES;
    const inner = multiples.map(([filters, kernelSize]) => [filters * options.width, kernelSize] as const);
    const fields = branch(x, `model${stage}_1`, inner, 2 * limbs); //         (N, H/8, W/8, 2 * limbs)
    const heatmaps = branch(x, `model${stage}_2`, inner, keypoints + 1); //   (N, H/8, W/8, keypoints + 1)
    outputs.push(fields, heatmaps);
    if (stage < stages) x = concat([fields, heatmaps, features], `concat${stage}`);
  }
  return tfl.model({ inputs: image, outputs, name });
}

// Names are places in nn.Sequential, where a convolution and its ReLU take two.

function trunk(image: tfl.SymbolicTensor, name: string, width: number): tfl.SymbolicTensor {
  let place = 0;
  return TRUNK.reduce((x, layer) => {
    if (layer === 'pool') return maxPool2x2(x, `${name}.${place++}`);
    const y = conv(x, `${name}.${place++}`, layer * width, 3, { bias: true });
    return relu(y, `${name}.${place++}`);
  }, image);
}

/** [N, H, W, C] to [N, H, W, filters]. */
function branch(
  x: tfl.SymbolicTensor,
  name: string,
  inner: readonly (readonly [filters: number, kernelSize: number])[],
  filters: number,
): tfl.SymbolicTensor {
  const y = inner.reduce((input, [size, kernelSize], i) => {
    const inside = conv(input, `${name}.${2 * i}`, size, kernelSize, { bias: true });
    return relu(inside, `${name}.${2 * i + 1}`);
  }, x);
  return conv(y, `${name}.${2 * inner.length}`, filters, 1, { bias: true });
}
