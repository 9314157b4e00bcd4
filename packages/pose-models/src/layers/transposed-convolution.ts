import * as tfl from '@tensorflow/tfjs-layers';
import { applyUnset } from './apply';

/** nn.ConvTranspose2d(kernel 4, stride 2, padding 1) without bias: [N, H, W, C] to [N, 2H, 2W, filters]; here 'same' is PyTorch's geometry. */
export function deconv4x4(x: tfl.SymbolicTensor, name: string, filters: number): tfl.SymbolicTensor {
  return applyUnset(
    tfl.layers.conv2dTranspose({ name, filters, kernelSize: 4, strides: 2, padding: 'same', useBias: false }),
    x,
  );
}
