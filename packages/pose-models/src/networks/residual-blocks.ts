import type * as tfl from '@tensorflow/tfjs-layers';
import { conv } from '../layers/convolution';
import { add, batchNorm, relu } from '../layers/elementwise';
import { averagePool } from '../layers/pooling';

export interface ResidualBlockOptions {
  /** Of its 3x3 convolutions. Default 1. */
  dilation?: number;
  /** Whether its batch norm keeps scale, offset and statistics in training. Default false. */
  frozen?: boolean;
  /** Whether the shortcut of a strided block takes means instead of every other pixel (He et al. 2019, figure 2c). Default false. */
  averageShortcut?: boolean;
}

/**
 * One residual block (He et al. 2016, figure 5) under PyTorch's module names.
 *
 * @param x        [N, H, W, C]
 * @param name     of the block, `layer2.0`
 * @param planes   width of its inner convolutions
 * @param strides  1, or 2 to halve height and width
 * @returns [N, H / strides, W / strides, planes * expansion of the block]
 */
export type ResidualBlock = (
  x: tfl.SymbolicTensor,
  name: string,
  planes: number,
  strides: number,
  options?: ResidualBlockOptions,
) => tfl.SymbolicTensor;

/** Two 3x3 convolutions, the first of them strided; ResNet-18 and 34. */
export const basicBlock: ResidualBlock = (x, name, planes, strides, options = {}) => {
  const { dilation, frozen } = options;
  let y = conv(x, `${name}.conv1`, planes, 3, { strides, dilation });
  y = relu(batchNorm(y, `${name}.bn1`, { frozen }), `${name}.relu1`);
  y = conv(y, `${name}.conv2`, planes, 3, { dilation });
  y = batchNorm(y, `${name}.bn2`, { frozen });
  return addShortcut(x, y, name, planes, strides, options);
};

/** 1x1, 3x3 (strided, "PyTorch style") and 1x1 to four times the width; ResNet-50 and up. */
export const bottleneck: ResidualBlock = (x, name, planes, strides, options) =>
  stridedBottleneck(x, name, planes, { first: 1, second: strides }, options);

/** The same with the stride on the first 1x1, as in the ResNets published for Caffe. */
export const bottleneckCaffe: ResidualBlock = (x, name, planes, strides, options) =>
  stridedBottleneck(x, name, planes, { first: strides, second: 1 }, options);

function stridedBottleneck(
  x: tfl.SymbolicTensor,
  name: string,
  planes: number,
  strides: { first: number; second: number },
  options: ResidualBlockOptions = {},
): tfl.SymbolicTensor {
  const { dilation, frozen } = options;
  let y = conv(x, `${name}.conv1`, planes, 1, { strides: strides.first });
  y = relu(batchNorm(y, `${name}.bn1`, { frozen }), `${name}.relu1`);
  y = conv(y, `${name}.conv2`, planes, 3, { strides: strides.second, dilation });
  y = relu(batchNorm(y, `${name}.bn2`, { frozen }), `${name}.relu2`);
  y = conv(y, `${name}.conv3`, planes * 4, 1);
  y = batchNorm(y, `${name}.bn3`, { frozen });
  return addShortcut(x, y, name, planes * 4, strides.first * strides.second, options);
}

/** ReLU(y + x), where x passes a strided 1x1 convolution when stride or width change. */
function addShortcut(
  x: tfl.SymbolicTensor,
  y: tfl.SymbolicTensor,
  name: string,
  width: number,
  strides: number,
  { frozen, averageShortcut }: ResidualBlockOptions,
): tfl.SymbolicTensor {
  return relu(add([y, shortcut()], `${name}.add`), `${name}.relu`);

  function shortcut(): tfl.SymbolicTensor {
    if (strides === 1 && x.shape[3] === width) return x;
    if (averageShortcut) {
      const means = strides === 1 ? x : averagePool(x, `${name}.downsample.0`, [strides, strides]);
      return batchNorm(conv(means, `${name}.downsample.1`, width, 1), `${name}.downsample.2`, { frozen });
    }
    return batchNorm(conv(x, `${name}.downsample.0`, width, 1, { strides }), `${name}.downsample.1`, { frozen });
  }
}
