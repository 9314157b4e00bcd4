import type * as tfl from '@tensorflow/tfjs-layers';
import { conv, depthwiseConv } from '../../layers/convolution';
import { batchNorm, relu } from '../../layers/elementwise';

export interface SeparableConvOptions {
  /** Of the depthwise convolution. */
  strides: number;
  /** Whether a ReLU ends it. */
  activate: boolean;
  /** Of both batch norms. Default 0.9. */
  momentum?: number;
}

/**
 * Depthwise 3x3, batch norm, 1x1, batch norm and maybe ReLU, as the modules `0` to `4` of an nn.Sequential: [N, H, W, C]
 * to [N, H / strides, W / strides, filters].
 */
export function separableConv(
  x: tfl.SymbolicTensor,
  name: string,
  filters: number,
  { strides, activate, momentum }: SeparableConvOptions,
): tfl.SymbolicTensor {
  let y = depthwiseConv(x, `${name}.0`, 3, strides);
  y = batchNorm(y, `${name}.1`, { momentum });
  y = conv(y, `${name}.2`, filters, 1);
  y = batchNorm(y, `${name}.3`, { momentum });
  return activate ? relu(y, `${name}.4`) : y;
}
