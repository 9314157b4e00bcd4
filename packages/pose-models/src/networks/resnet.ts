import type * as tfl from '@tensorflow/tfjs-layers';
import { conv } from '../layers/convolution';
import { batchNorm, relu } from '../layers/elementwise';
import { maxPoolAfterRelu } from '../layers/pooling';
import { basicBlock, bottleneck, bottleneckCaffe, type ResidualBlock } from './residual-blocks';

/** ResNet's convolutional part (He et al. 2016, table 1) under torchvision's module names. */

export type ResNetDepth = 18 | 34 | 50 | 101 | 152;

interface Architecture {
  block: ResidualBlock;
  /** Residual blocks in layer1 to layer4. */
  blocks: PerLayer;
}

type PerLayer = readonly [layer1: number, layer2: number, layer3: number, layer4: number];

const ARCHITECTURES: Record<ResNetDepth, Architecture> = {
  18: { block: basicBlock, blocks: [2, 2, 2, 2] },
  34: { block: basicBlock, blocks: [3, 4, 6, 3] },
  50: { block: bottleneck, blocks: [3, 4, 6, 3] },
  101: { block: bottleneck, blocks: [3, 4, 23, 3] },
  152: { block: bottleneck, blocks: [3, 8, 36, 3] },
};

/**
 * Where a strided bottleneck has its stride: on the 3x3 convolution (`pytorch`, the default), or as in Caffe's ResNets on
 * the first 1x1. `d` is ResNet-D (He et al. 2019, "Bag of Tricks for Image Classification with Convolutional Neural
 * Networks", figure 2): as `pytorch`, with a stem of three 3x3 convolutions, and shortcuts that take means.
 */
export type ResNetStyle = 'pytorch' | 'caffe' | 'd';

export interface ResNetOptions {
  depth: ResNetDepth;
  /** Channels of the stem and planes of layer1, doubled by each later layer; 64 as published. */
  width: number;
  style?: ResNetStyle;
  /** Of each layer's first block. Default 1, 2, 2, 2. */
  strides?: PerLayer;
  /** Of all 3x3 convolutions of a layer. Default 1 everywhere. */
  dilations?: PerLayer;
  /** Whether batch norm keeps its scale, offset and statistics in training. Default false. */
  frozenBatchNorm?: boolean;
}

/** [N, H, W, 3] to [N, H / s, W / s, 8 width] or, with bottlenecks, [N, H / s, W / s, 32 width]; s = 4 * product of the strides. */
export function resNet(
  image: tfl.SymbolicTensor,
  {
    depth,
    width,
    style = 'pytorch',
    strides = [1, 2, 2, 2],
    dilations = [1, 1, 1, 1],
    frozenBatchNorm: frozen = false,
  }: ResNetOptions,
): tfl.SymbolicTensor {
  const { block: published, blocks } = ARCHITECTURES[depth];
  const block = style === 'caffe' && published === bottleneck ? bottleneckCaffe : published;

  let x = style === 'd' ? deepStem(image, width, frozen) : conv(image, 'conv1', width, 7, { strides: 2 }); // (N, H/2, W/2, width)
  x = relu(batchNorm(x, 'bn1', { frozen }), 'relu');
  x = maxPoolAfterRelu(x, 'maxpool'); //                     (N, H/4, W/4, width)
  blocks.forEach((count, layer) => {
    for (let i = 0; i < count; i++) {
      x = block(x, `layer${layer + 1}.${i}`, width * 2 ** layer, i === 0 ? strides[layer] : 1, {
        dilation: dilations[layer],
        frozen,
        averageShortcut: style === 'd',
      });
    }
  });
  return x;
}

/** [N, H, W, 3] to [N, H / 2, W / 2, width] by three 3x3 convolutions, the first two of half the width. */
function deepStem(image: tfl.SymbolicTensor, width: number, frozen: boolean): tfl.SymbolicTensor {
  let x = conv(image, 'conv1.0', width / 2, 3, { strides: 2 });
  x = relu(batchNorm(x, 'conv1.1', { frozen }), 'conv1.2');
  x = conv(x, 'conv1.3', width / 2, 3);
  x = relu(batchNorm(x, 'conv1.4', { frozen }), 'conv1.5');
  return conv(x, 'conv1.6', width, 3);
}
