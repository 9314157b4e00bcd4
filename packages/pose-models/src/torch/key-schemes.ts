/** A way in which published checkpoints spell the keys of a network's state_dict. */
export interface KeyScheme {
  /** Who writes them so. */
  name: string;
  /** The network's own key for a checkpoint's, as far as they differ. */
  rename(key: string): string;
}

function replacing(name: string, ...rules: readonly (readonly [RegExp, string])[]): KeyScheme {
  return { name, rename: (key) => rules.reduce((text, [pattern, by]) => text.replace(pattern, by), key) };
}

/** In the order of preference. Layer names here are those of the implementation that `listModels()` gives as source. */
export const KEY_SCHEMES: readonly KeyScheme[] = [
  { name: 'as published', rename: (key) => key },
  // mmpose keeps a backbone's own names: of torchvision for a ResNet, of leoxiaobin for an HRNet.
  replacing('mmpose, backbone and head', [/^backbone\./, ''], [/^(keypoint_head|head)\./, '']),
  // Lite-HRNet's checkpoints are mmpose 0.x's; version 1 renamed the head.
  replacing('mmpose 1.x', [/^head\./, 'keypoint_head.']),
  replacing('mmpose 0.x', [/^keypoint_head\./, 'head.']),
  replacing('backbone alone', [/^/, 'backbone.']),
  // Convolutions of VGG19 up to conv4_2 have the same numbers in torchvision, timm and the trunk of OpenPose.
  replacing('torchvision or timm VGG', [/^features\.(\d|1\d|2[01])\./, 'model0.$1.']),
  { name: "OpenPose by Caffe's layer names", rename: openPoseFromCaffe },
];

/** Convolutions of the trunk, by Caffe's names, in order; the number is their index in `model0`. */
const OPENPOSE_TRUNK: Readonly<Record<string, number>> = {
  conv1_1: 0,
  conv1_2: 2,
  conv2_1: 5,
  conv2_2: 7,
  conv3_1: 10,
  conv3_2: 12,
  conv3_3: 14,
  conv3_4: 16,
  conv4_1: 19,
  conv4_2: 21,
  conv4_3_CPM: 23,
  conv4_4_CPM: 25,
};

/**
 * `model1_1.conv5_2_CPM_L1.weight` to `model1_1.2.weight`, `model4_2.Mconv3_stage4_L2.bias` to `model4_2.4.bias`: names
 * of CMU's Caffe model (Hzzone/pytorch-openpose, src/model.py). Between two convolutions there is a ReLU.
 */
function openPoseFromCaffe(key: string): string {
  const [, layer, parameter] = /^(?:model\d(?:_\d)?\.)?([^.]+)\.(weight|bias)$/.exec(key) ?? [];
  if (layer === undefined) return key;
  if (Object.hasOwn(OPENPOSE_TRUNK, layer)) return `model0.${OPENPOSE_TRUNK[layer]}.${parameter}`;
  const [, first, branch1] = /^conv5_(\d)_CPM_L(\d)$/.exec(layer) ?? [];
  if (first !== undefined) return `model1_${branch1}.${2 * (Number(first) - 1)}.${parameter}`;
  const [, later, stage, branch] = /^Mconv(\d)_stage(\d)_L(\d)$/.exec(layer) ?? [];
  return later === undefined ? key : `model${stage}_${branch}.${2 * (Number(later) - 1)}.${parameter}`;
}
