import * as tfl from '@tensorflow/tfjs-layers';
import { normal } from '../initialization/initialization';
import { conv } from '../layers/convolution';
import { concat, relu } from '../layers/elementwise';
import { maxPool2x2 } from '../layers/pooling';
import { checkCommonOptions, checkCount, type CommonOptions, type ModelDefinition } from '../model-definition';

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
}

/** The network of VGG-19 up to conv4_2, then two layers that narrow it to the stages' 128 channels; all kernels are 3x3. */
const TRUNK = [64, 64, 'pool', 128, 128, 'pool', 256, 256, 256, 256, 'pool', 512, 512, 256, 128] as const;

/** Inner convolutions of a branch, [filters, kernel size]. */
const STAGE_1 = [[128, 3], [128, 3], [128, 3], [512, 1]] as const; // prettier-ignore
const LATER_STAGES = [[128, 7], [128, 7], [128, 7], [128, 7], [128, 7], [128, 1]] as const; // prettier-ignore

export const openPoseVgg19: ModelDefinition<OpenPoseOptions> = {
  source: 'tensorboy/pytorch_Realtime_Multi-Person_Pose_Estimation: lib/network/rtpose_vgg.py',
  defaults: { inputSize: [368, 368], keypoints: 18, limbs: 19, stages: 6 },
  build: buildOpenPose,
  initialization: normal(0.01),
};

/**
 * Images [N, height, width, 3], normalised RGB, to two outputs of each stage, first to last: part affinity fields
 * [N, height / 8, width / 8, 2 * limbs], then heatmaps [N, height / 8, width / 8, keypoints + 1], the background's last.
 */
function buildOpenPose(options: OpenPoseOptions, name: string): tfl.LayersModel {
  checkCommonOptions(options, 8);
  checkCount('limbs', options.limbs);
  checkCount('stages', options.stages);
  const { inputSize, keypoints, limbs, stages } = options;
  const [width, height] = inputSize;

  const image = tfl.input({ shape: [height, width, 3], name: 'image' }); //  (N, H, W, 3)
  const features = trunk(image, 'model0'); //                                 (N, H/8, W/8, 128)
  const outputs: tfl.SymbolicTensor[] = [];
  let x = features;
  for (let stage = 1; stage <= stages; stage++) {
    const inner = stage === 1 ? STAGE_1 : LATER_STAGES;
    const fields = branch(x, `model${stage}_1`, inner, 2 * limbs); //         (N, H/8, W/8, 2 * limbs)
    const heatmaps = branch(x, `model${stage}_2`, inner, keypoints + 1); //   (N, H/8, W/8, keypoints + 1)
    outputs.push(fields, heatmaps);
    if (stage < stages) x = concat([fields, heatmaps, features], `concat${stage}`);
  }
  return tfl.model({ inputs: image, outputs, name });
}

// Names are places in nn.Sequential, where a convolution and its ReLU take two.

function trunk(image: tfl.SymbolicTensor, name: string): tfl.SymbolicTensor {
  let place = 0;
  return TRUNK.reduce((x, layer) => {
    if (layer === 'pool') return maxPool2x2(x, `${name}.${place++}`);
    const y = conv(x, `${name}.${place++}`, layer, 3, { bias: true });
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
  const y = inner.reduce((input, [width, kernelSize], i) => {
    const inside = conv(input, `${name}.${2 * i}`, width, kernelSize, { bias: true });
    return relu(inside, `${name}.${2 * i + 1}`);
  }, x);
  return conv(y, `${name}.${2 * inner.length}`, filters, 1, { bias: true });
}
