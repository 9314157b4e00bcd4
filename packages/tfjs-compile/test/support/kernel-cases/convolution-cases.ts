import * as tf from '@tensorflow/tfjs-core';
import { kernel, normal, type CaseFunction, type KernelCase } from './kernel-case';
import { PADDINGS, type Padding } from './paddings';

/** A convolution of [2, 9, 8, 4] and both of its gradients. */
function convolutions(
  depthwise: boolean,
  side: number,
  strides: number,
  dilations: number,
  pad: Padding,
): KernelCase[] {
  const x: [number, number, number, number] = [2, 9, 8, 4];
  const filter: [number, number, number, number] = [side, side, 4, depthwise ? 2 : 5];
  const info = tf.backend_util.computeConv2DInfo(x, filter, strides, dilations, pad, 'floor', depthwise);
  const attributes = { strides, dilations, pad, dataFormat: 'NHWC' };
  const name = depthwise ? 'DepthwiseConv2dNative' : 'Conv2D';
  const forward: KernelCase = [
    name,
    () => [normal(...x), normal(...filter)],
    kernel(name, ['x', 'filter'], attributes),
  ];
  // The gradient of a dilated convolution is composed before it comes to a kernel.
  if (!depthwise && dilations > 1) return [forward];
  const dy = () => normal(...info.outShape);
  return [
    forward,
    [
      ...([`${name}BackpropInput`, () => [dy(), normal(...filter)]] as const),
      kernel(`${name}BackpropInput`, ['dy', 'filter'], { ...attributes, inputShape: x }),
    ],
    [
      ...([`${name}BackpropFilter`, () => [normal(...x), dy()]] as const),
      kernel(`${name}BackpropFilter`, ['x', 'dy'], { ...attributes, filterShape: filter }),
    ],
  ];
}

const ACTIVATIONS = ['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'] as const;

/** Convolutions, their gradients, and what is fused with them. */
export const CONVOLUTION_CASES: KernelCase[] = [
  ...PADDINGS.flatMap((pad) => [
    ...[1, 2].flatMap((stride) => convolutions(false, 3, stride, 1, pad)),
    ...convolutions(false, 3, 1, 2, pad),
    ...convolutions(false, 1, 2, 1, pad),
    ...[1, 2].flatMap((stride) => convolutions(true, 3, stride, 1, pad)),
    ...convolutions(true, 3, 1, 2, pad),
  ]),
  ...ACTIVATIONS.flatMap((activation): KernelCase[] => {
    const fused = (op: typeof tf.fused.conv2d | typeof tf.fused.depthwiseConv2d): CaseFunction => {
      return (x, filter, bias, preluActivationWeights) =>
        op({
          ...{ x: x as tf.Tensor4D, filter: filter as tf.Tensor4D, bias, strides: 1, pad: 1, leakyreluAlpha: 0.1 },
          ...(activation === 'prelu' ? { activation, preluActivationWeights } : { activation }),
        });
    };
    const more = () => [normal(1, 6, 5, 4)];
    return [
      ['FusedConv2D', () => [...more(), normal(3, 3, 4, 2), normal(2), normal(2)], fused(tf.fused.conv2d)],
      [
        'FusedDepthwiseConv2D',
        () => [...more(), normal(3, 3, 4, 1), normal(4), normal(4)],
        fused(tf.fused.depthwiseConv2d),
      ],
    ];
  }),
  ...['linear', 'relu'].flatMap((activation): KernelCase[] => [
    [
      'FusedConv2DAdd',
      () => [normal(1, 6, 5, 3), normal(3, 3, 3, 2), normal(2), normal(1, 3, 3, 2)],
      kernel('FusedConv2DAdd', ['x', 'filter', 'bias', 'addend'], { strides: 2, pad: 1, activation }),
    ],
    [
      'FusedConv2DTranspose',
      () => [normal(1, 3, 2, 3), normal(4, 4, 2, 3), normal(2)],
      kernel('FusedConv2DTranspose', ['x', 'filter', 'bias'], {
        ...{ strides: 2, pad: 'same', outputShape: [1, 6, 4, 2], activation },
      }),
    ],
  ]),
  [
    'FusedConv2D',
    () => [normal(1, 6, 5, 4), normal(3, 3, 4, 2), normal(1, 1, 2)],
    (x, filter, preluActivationWeights) =>
      tf.fused.conv2d({
        ...{ x: x as tf.Tensor4D, filter: filter as tf.Tensor4D, strides: 1, pad: 'same' },
        ...{ activation: 'prelu', preluActivationWeights },
      }),
  ],
];
