import * as tfl from '@tensorflow/tfjs-layers';
import { withLazyGradients } from './lazy-gradients';
import { applyUnset, pad } from './apply';

/**
 * Convolutions with PyTorch's geometry. `name` is always PyTorch's module name; layers that PyTorch does not have
 * (explicit padding) append to it. Their kernels are zero until `initializeWeights` draws them.
 */

export interface ConvOptions {
  /** Default 1. */
  strides?: number;
  /** Distance of the kernel's taps. Default 1. */
  dilation?: number;
  /** Default false. */
  bias?: boolean;
  /** Whether zeros around the image keep its size. Default true; otherwise, PyTorch's default, there are none. */
  padded?: boolean;
}

/**
 * nn.Conv2d with an odd kernel and padding dilation * (kernelSize - 1) / 2: [N, H, W, C] to
 * [N, H / strides, W / strides, filters]. With `padded` false, padding 0: as many pixels less.
 */
export function conv(
  x: tfl.SymbolicTensor,
  name: string,
  filters: number,
  kernelSize: number,
  { strides = 1, dilation = 1, bias = false, padded = true }: ConvOptions = {},
): tfl.SymbolicTensor {
  const explicit = padded && padsExplicitly(kernelSize, strides);
  const padding = explicit || !padded ? 'valid' : 'same';
  const layer = tfl.layers.conv2d({
    name,
    filters,
    kernelSize,
    strides,
    padding,
    dilationRate: dilation,
    useBias: bias,
  });
  const input = explicit ? pad(x, name, (dilation * (kernelSize - 1)) / 2) : x;
  return applyUnset(withLazyGradients(layer, x, { strides, padding, dilation }), input);
}

/** nn.Conv2d with `groups` equal to the channels, an odd kernel, padding (kernelSize - 1) / 2 and no bias: [N, H, W, C] to [N, H / strides, W / strides, C]. */
export function depthwiseConv(
  x: tfl.SymbolicTensor,
  name: string,
  kernelSize: number,
  strides = 1,
): tfl.SymbolicTensor {
  const explicit = padsExplicitly(kernelSize, strides);
  const layer = tfl.layers.depthwiseConv2d({
    name,
    kernelSize,
    strides,
    padding: explicit ? 'valid' : 'same',
    useBias: false,
  });
  return applyUnset(layer, explicit ? pad(x, name, (kernelSize - 1) / 2) : x);
}

/**
 * PyTorch pads all four sides alike. At stride 1 so does 'same'; at stride 2 on even sizes 'same' pads less at the
 * top left, which would move every sampling position.
 */
function padsExplicitly(kernelSize: number, strides: number): boolean {
  return strides > 1 && kernelSize > 1;
}
