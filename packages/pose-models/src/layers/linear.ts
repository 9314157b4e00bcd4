import * as tfl from '@tensorflow/tfjs-layers';
import { apply, applyUnset } from './apply';

/** nn.Linear with a bias: [N, C] to [N, units]. */
export function linear(x: tfl.SymbolicTensor, name: string, units: number): tfl.SymbolicTensor {
  return applyUnset(tfl.layers.dense({ name, units }), x);
}

/** torch.flatten: [N, H, W, C] to [N, C * H * W], in PyTorch's order of values. */
export function flatten(x: tfl.SymbolicTensor, name: string): tfl.SymbolicTensor {
  const [, height, width, channels] = x.shape as number[];
  const nchw = apply(tfl.layers.permute({ name: `${name}.permute`, dims: [3, 1, 2] }), x);
  return apply(tfl.layers.reshape({ name, targetShape: [channels * height * width] }), nchw);
}
