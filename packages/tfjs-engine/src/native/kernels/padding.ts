import { pad as padTensor, type backend_util, type Tensor4D, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Pad } from '../../loop-kernels/attributes';
import type { OpAttributes } from './run-op';

type PadInfo = ReturnType<typeof backend_util.computeConv2DInfo>['padInfo'];

/** Whether tfjs-node's own kernels, which take 'same', 'valid' and no padding, refuse it. */
export function isExplicit(pad: Pad): boolean {
  return typeof pad === 'object' || (typeof pad === 'number' && pad > 0);
}

/** A number of pixels as the list of pairs that tfjs-node's forward convolutions take in its place. */
export function listed(pad: Pad): Pad {
  if (typeof pad !== 'number') return pad;
  return [
    [0, 0],
    [pad, pad],
    [pad, pad],
    [0, 0],
  ];
}

/** TensorFlow's attributes for a padding of NHWC images. */
export function paddingAttributes({ type, top, bottom, left, right }: PadInfo): OpAttributes {
  if (type === 'SAME' || type === 'VALID') return { padding: type };
  return { padding: 'EXPLICIT', explicit_paddings: [0, 0, top, bottom, left, right, 0, 0] };
}

/** NHWC images with zeros around them, for what takes no explicit padding. */
export function padImages(x: TensorInfo, { top, bottom, left, right }: Omit<PadInfo, 'type'>): Tensor4D {
  return padTensor(x as Tensor4D, [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]);
}
