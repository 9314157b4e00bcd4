import * as tfl from '@tensorflow/tfjs-layers';
import { apply, pad } from './apply';

/**
 * nn.MaxPool2d(kernel 3, stride 2, padding 1): [N, H, W, C] to [N, H / 2, W / 2, C]. PyTorch pads with minus infinity;
 * zeros give the same result here because the input comes from a ReLU and every window holds at least one of its values.
 */
export function maxPoolAfterRelu(x: tfl.SymbolicTensor, name: string): tfl.SymbolicTensor {
  return apply(tfl.layers.maxPooling2d({ name, poolSize: 3, strides: 2, padding: 'valid' }), pad(x, name, 1));
}

/** nn.MaxPool2d(kernel 2, stride 2): [N, H, W, C] to [N, H / 2, W / 2, C]. */
export function maxPool2x2(x: tfl.SymbolicTensor, name: string): tfl.SymbolicTensor {
  return apply(tfl.layers.maxPooling2d({ name, poolSize: 2, strides: 2, padding: 'valid' }), x);
}

/** nn.AvgPool2d(size, stride size), [height, width], of an image that it divides: [N, H, W, C] to [N, H / height, W / width, C]. */
export function averagePool(x: tfl.SymbolicTensor, name: string, size: readonly [number, number]): tfl.SymbolicTensor {
  const poolSize: [number, number] = [...size];
  return apply(tfl.layers.averagePooling2d({ name, poolSize, strides: poolSize, padding: 'valid' }), x);
}

/**
 * nn.AdaptiveAvgPool2d(size) of an image whose sides are multiples of those of `size`, that is means over equal cells:
 * [N, H, W, C] to [N, ...size, C].
 */
export function averagePoolTo(
  x: tfl.SymbolicTensor,
  name: string,
  [height, width]: readonly [number, number],
): tfl.SymbolicTensor {
  return averagePool(x, name, [x.shape[1]! / height, x.shape[2]! / width]);
}
