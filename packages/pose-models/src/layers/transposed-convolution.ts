import * as tfl from '@tensorflow/tfjs-layers';
import { apply, applyUnset } from './apply';

export type DeconvKernel = 2 | 3 | 4;

/** Kernel sizes of {@link deconv}. */
export const DECONV_KERNELS: readonly number[] = [2, 3, 4] satisfies DeconvKernel[];

/**
 * nn.ConvTranspose2d with stride 2 that exactly doubles height and width: [N, H, W, C] to [N, 2H, 2W, filters].
 *
 * Pixel i adds into outputs 2i - padding + t of the kernel's t = 0 ... k - 1. PyTorch's padding is 1, 1, 0 for kernels
 * of 4, 3 (with one more row of output at the end) and 2. For 4 and 2 that is 'same'; for 3 'same' has no padding at
 * the top left, so there the first row and column of all that is scattered are cut off.
 */
export function deconv(
  x: tfl.SymbolicTensor,
  name: string,
  filters: number,
  kernelSize: DeconvKernel,
  { bias = false }: { bias?: boolean } = {},
): tfl.SymbolicTensor {
  const padding = kernelSize === 3 ? 'valid' : 'same';
  const layer = tfl.layers.conv2dTranspose({ name, filters, kernelSize, strides: 2, padding, useBias: bias });
  const y = applyUnset(layer, x);
  if (kernelSize !== 3) return y;
  const cropping: [[number, number], [number, number]] = [
    [1, 0],
    [1, 0],
  ];
  return apply(tfl.layers.cropping2D({ name: `${name}.crop`, cropping }), y); // from (N, 2H + 1, 2W + 1, filters)
}
