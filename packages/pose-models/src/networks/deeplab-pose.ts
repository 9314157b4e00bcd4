import * as tfl from '@tensorflow/tfjs-layers';
import { heFanOut, torchDefault, type Initialization } from '../initialization/initialization';
import { conv } from '../layers/convolution';
import { add } from '../layers/elementwise';
import { checkCommonOptions, checkCount, type CommonOptions, type ModelDefinition } from '../model-definition';
import { resNet, type ResNetDepth } from './resnet';

/**
 * SimpleBaseline with DeepLab in the place of its transposed convolutions: a ResNet that keeps 1/4 of the input's
 * resolution by dilation, and an atrous spatial pyramid from its features straight to heatmaps, without upsampling.
 *
 * From DeepLab v2 (Chen et al. 2017, "DeepLab: Semantic Image Segmentation with Deep Convolutional Nets, Atrous
 * Convolution, and Fully Connected CRFs", sections 3.1 and 3.2), in the form of isht7/pytorch-deeplab-resnet
 * (deeplab_resnet.py): every 3x3 convolution of layer3 dilated by 2 and of layer4 by 4, a head `layer5` that sums four
 * dilated 3x3 convolutions, frozen batch norm. There the stride is 8 and the rates are 6, 12, 18
 * and 24; for heatmaps layer2 has stride 1, and the rates are smaller. With all strides 1, Caffe's style and PyTorch's
 * are the same network. That repository has bottlenecks only: basic blocks, of 18 and 34, are dilated in both of their
 * convolutions here.
 */

export interface DeepLabPoseOptions extends CommonOptions {
  /** Channels of the stem and planes of layer1, doubled by each later layer; 64 as published, less makes a slim network. */
  width: number;
  /** Whether batch norm keeps its scale, offset and running statistics in training, and normalises by the latter: for a pretrained backbone and small batches. */
  frozenBatchNorm: boolean;
}

export const DEEPLAB_DEFAULTS: DeepLabPoseOptions = {
  inputSize: [192, 256],
  keypoints: 17,
  width: 64,
  frozenBatchNorm: false,
};

/** Dilations of the pyramid's convolutions, heatmap pixels. */
const RATES = [3, 6, 8, 12];

/**
 * Spread of the pyramid's kernels: that of SimpleBaseline's last layer (lib/models/pose_resnet.py, init_weights), for
 * heatmaps are near zero, and from 0.01, DeepLab's for classes, training first has to get there. Its biases are PyTorch's
 * default, the backbone is torchvision's.
 */
const HEAD_STDDEV = 0.001;

export const deepLabInitialization: Initialization = (layer) =>
  layer.name.startsWith('layer5.') ? { ...torchDefault(layer), kernel: { normal: HEAD_STDDEV } } : heFanOut(layer);

function deepLabPose(depth: ResNetDepth): ModelDefinition<DeepLabPoseOptions> {
  return {
    source: 'isht7/pytorch-deeplab-resnet: deeplab_resnet.py',
    defaults: DEEPLAB_DEFAULTS,
    build: (options, name) => {
      checkDeepLabOptions(options);
      const [width, height] = options.inputSize;
      const image = tfl.input({ shape: [height, width, 3], name: 'image' }); // (N, H, W, 3)
      return tfl.model({ inputs: image, outputs: deepLab(image, depth, options), name });
    },
    initialization: deepLabInitialization,
  };
}

export const DEEPLAB_POSES = {
  deeplab_resnet18: deepLabPose(18),
  deeplab_resnet34: deepLabPose(34),
  deeplab_resnet50: deepLabPose(50),
  deeplab_resnet101: deepLabPose(101),
  deeplab_resnet152: deepLabPose(152),
};

/** Images [N, H, W, 3] to heatmaps [N, H / 4, W / 4, keypoints]. */
export function deepLab(
  image: tfl.SymbolicTensor,
  depth: ResNetDepth,
  { keypoints, width, frozenBatchNorm }: DeepLabPoseOptions,
): tfl.SymbolicTensor {
  const x = resNet(image, { depth, width, frozenBatchNorm, strides: [1, 1, 1, 1], dilations: [1, 1, 2, 4] }); // (N, H/4, W/4, 512 or 2048)
  const pyramid = RATES.map((dilation, i) =>
    conv(x, `layer5.conv2d_list.${i}`, keypoints, 3, { dilation, bias: true }),
  );
  return add(pyramid, 'layer5.sum'); // (N, H/4, W/4, keypoints)
}

export function checkDeepLabOptions({ width, ...common }: DeepLabPoseOptions): void {
  checkCommonOptions(common, 4);
  checkCount('width', width);
}
