import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import type { NamedTensorMap, Tensor4D } from '@tensorflow/tfjs-core';
import { openOnnx } from '../../src';
import type { Value } from '../../src/graph/graph';
import { testEngine } from '../support/engine';
import { onnxDifference } from './difference';

beforeAll(testEngine);

const images = (height: number, width: number, channels: number, seed = 1): Tensor4D =>
  tf.randomNormal([2, height, width, channels], 0, 1, 'float32', seed);

/** The output of a function of images, and the gradients of its weighted sum towards all inputs. */
async function differenceWithGradients(fn: (inputs: NamedTensorMap) => tf.Tensor, inputs: NamedTensorMap) {
  const names = Object.keys(inputs);
  const shape = tf.tidy(() => fn(inputs).shape);
  const dy = tf.randomNormal(shape, 0, 1, 'float32', 99);
  const withGradients = ({ dy: weight, ...given }: NamedTensorMap) => {
    const towards = (...tensors: tf.Tensor[]) => fn(Object.fromEntries(names.map((name, i) => [name, tensors[i]])));
    const { value, grads } = tf.valueAndGrads(towards)(
      names.map((name) => given[name]),
      weight,
    );
    return { value, ...Object.fromEntries(grads.map((grad, i) => [names[i], grad])) };
  };
  return onnxDifference(withGradients, { ...inputs, dy });
}

type Case = [title: string, fn: (inputs: NamedTensorMap) => tf.Tensor, inputs: () => NamedTensorMap];

const filter = (height: number, width: number, from: number, to: number) =>
  tf.randomNormal<tf.Rank.R4>([height, width, from, to], 0, 1, 'float32', 7);
const x4 = (inputs: NamedTensorMap) => inputs.x as Tensor4D;
const f4 = (inputs: NamedTensorMap) => inputs.filter as Tensor4D;

const convolutions = [
  [1, 1, 'valid', 1],
  [3, 1, 'same', 1],
  [3, 2, 'same', 1],
  [3, 2, 1, 1],
  [2, 2, 'valid', 1],
  [1, 2, 'valid', 1],
  [5, 3, 'valid', 1],
  [7, 2, 3, 1],
  [3, 1, 'same', 2],
] as const;

const CASES: Case[] = [
  ...convolutions.map(([size, strides, pad, dilations]): Case => [
    `conv2d ${size}x${size}, strides ${strides}, pad ${pad}, dilations ${dilations}`,
    (inputs) => tf.conv2d(x4(inputs), f4(inputs), strides, pad, 'NHWC', dilations),
    () => ({ x: images(11, 8, 3), filter: filter(size, size, 3, 4) }),
  ]),
  [
    'conv2d of a whole image',
    (inputs) => tf.conv2d(x4(inputs), f4(inputs), 1, 'valid'),
    () => ({ x: images(3, 3, 6), filter: filter(3, 3, 6, 4) }),
  ],
  ...convolutions.map(([size, strides, pad, dilations]): Case => [
    `conv2d of many channels, ${size}x${size}, strides ${strides}, pad ${pad}, dilations ${dilations}`,
    (inputs) => tf.conv2d(x4(inputs), f4(inputs), strides, pad, 'NHWC', dilations),
    () => ({ x: images(11, 8, 6), filter: filter(size, size, 6, 4) }),
  ]),
  [
    'conv2d of many channels, other strides and sizes along rows than along columns',
    (inputs) => tf.conv2d(x4(inputs), f4(inputs), [2, 3], 'same'),
    () => ({ x: images(11, 8, 6), filter: filter(4, 3, 6, 4) }),
  ],
  [
    'conv2d whose gathered pixels are too many to keep',
    (inputs) => tf.conv2d(x4(inputs), f4(inputs), 1, 'same'),
    () => ({ x: images(200, 200, 6), filter: filter(3, 3, 6, 2) }),
  ],
  [
    'conv2d of colours, explicitly padded before',
    (inputs) => tf.conv2d(tf.pad(x4(inputs), [[0, 0], [3, 2], [1, 3], [0, 0]]), f4(inputs), 2, 'valid'), // prettier-ignore
    () => ({ x: images(11, 8, 3), filter: filter(7, 7, 3, 4) }),
  ],
  ...convolutions.map(([size, strides, pad, dilations]): Case => [
    `depthwiseConv2d ${size}x${size}, strides ${strides}, pad ${pad}, dilations ${dilations}`,
    (inputs) => tf.depthwiseConv2d(x4(inputs), f4(inputs), strides, pad, 'NHWC', dilations),
    () => ({ x: images(11, 8, 3), filter: filter(size, size, 3, 1) }),
  ]),
  ...([[2, 2, 'valid'], [4, 2, 1], [4, 4, 'same'], [5, 3, 2]] as const).map(([size, strides, pad]): Case => [
    `depthwiseConv2d of several images, ${size}x${size}, strides ${strides}, pad ${pad}`,
    (inputs) => tf.depthwiseConv2d(x4(inputs), f4(inputs), strides, pad),
    () => ({ x: images(10, 13, 4), filter: filter(size, size, 4, 1) }),
  ]), // prettier-ignore
  [
    'depthwiseConv2d with strides that differ',
    (inputs) => tf.depthwiseConv2d(x4(inputs), f4(inputs), [2, 3], 'same'),
    () => ({ x: images(8, 7, 3), filter: filter(3, 3, 3, 1) }),
  ],
  [
    'depthwiseConv2d with a multiplier',
    (inputs) => tf.depthwiseConv2d(x4(inputs), f4(inputs), 2, 'same'),
    () => ({ x: images(8, 7, 3), filter: filter(3, 3, 3, 2) }),
  ],
  [
    'conv2dTranspose',
    (inputs) => tf.conv2dTranspose(x4(inputs), f4(inputs), [2, 10, 8, 5], 2, 'same'),
    () => ({ x: images(5, 4, 3), filter: filter(4, 4, 5, 3) }),
  ],
  ...(['linear', 'relu', 'relu6', 'elu', 'leakyrelu', 'sigmoid'] as const).map((activation): Case => [
    `fused.conv2d with ${activation}`,
    (inputs) =>
      tf.fused.conv2d({ x: x4(inputs), filter: f4(inputs), bias: inputs.bias, strides: 1, pad: 'same', activation }),
    () => ({ x: images(5, 4, 3), filter: filter(3, 3, 3, 4), bias: tf.tensor1d([1, -2, 3, 0.5]) }),
  ]),
  [
    'fused.conv2d of many channels',
    (inputs) =>
      tf.fused.conv2d({
        x: x4(inputs),
        filter: f4(inputs),
        bias: inputs.bias,
        strides: 1,
        pad: 'same',
        activation: 'relu',
      }),
    () => ({ x: images(5, 4, 6), filter: filter(3, 3, 6, 4), bias: tf.tensor1d([1, -2, 3, 0.5]) }),
  ],
  ...(
    [
      [2, 2, 'valid'],
      [3, 2, 'same'],
      [3, 2, 1],
      [3, 1, 'same'],
    ] as const
  ).flatMap(([size, strides, pad]): Case[] => [
    [
      `maxPool ${size}, strides ${strides}, pad ${pad}`,
      (inputs) => tf.maxPool(x4(inputs), size, strides, pad),
      () => ({ x: images(9, 8, 3) }),
    ],
    [
      `avgPool ${size}, strides ${strides}, pad ${pad}`,
      (inputs) => tf.avgPool(x4(inputs), size, strides, pad),
      () => ({ x: images(9, 8, 3) }),
    ],
  ]),
  ...([[2, 2], [4, 2], [1, 8]] as [number, number][]).map((size): Case => [
    `avgPool ${size.join('x')} of whole images`,
    (inputs) => tf.avgPool(x4(inputs), size, size, 'valid'),
    () => ({ x: images(8, 16, 3) }),
  ]), // prettier-ignore
  [
    'avgPool of half the size, windows that overlap',
    (inputs) => tf.avgPool(x4(inputs), 4, 2, 1),
    () => ({ x: images(8, 16, 3) }),
  ],
  ['avgPool of more columns', (inputs) => tf.avgPool(x4(inputs), 2, 2, 'valid'), () => ({ x: images(4, 140, 2) })],
  [
    'resizeNearestNeighbor of many columns',
    (inputs) => tf.image.resizeNearestNeighbor(x4(inputs), [6, 210]),
    () => ({ x: images(2, 70, 2) }),
  ],
  ['maxPool of ties', (inputs) => tf.maxPool(tf.relu(x4(inputs)), 3, 2, 1), () => ({ x: images(9, 8, 3) })],
  ...[false, true].flatMap((alignCorners) =>
    [false, true]
      .filter((halfPixelCenters) => !alignCorners || !halfPixelCenters)
      .flatMap((halfPixelCenters) =>
        (
          [
            [10, 12],
            [7, 3],
            [5, 4],
            [1, 1],
          ] as [number, number][]
        ).flatMap((size): Case[] => [
          [
            `resizeBilinear to ${size.join('x')}, alignCorners ${alignCorners}, halfPixelCenters ${halfPixelCenters}`,
            (inputs) => tf.image.resizeBilinear(x4(inputs), size, alignCorners, halfPixelCenters),
            () => ({ x: images(5, 4, 3) }),
          ],
          [
            `resizeNearestNeighbor to ${size.join('x')}, ${alignCorners}, halfPixelCenters ${halfPixelCenters}`,
            (inputs) => tf.image.resizeNearestNeighbor(x4(inputs), size, alignCorners, halfPixelCenters),
            () => ({ x: images(5, 4, 3) }),
          ],
        ]),
      ),
  ),
  [
    'batchNorm',
    ({ x, mean, variance, scale, offset }) =>
      tf.batchNorm(x, mean as tf.Tensor1D, variance as tf.Tensor1D, offset as tf.Tensor1D, scale as tf.Tensor1D, 1e-3),
    () => ({
      x: images(5, 4, 3),
      mean: tf.tensor1d([0, 1, -1]),
      variance: tf.tensor1d([1, 2, 3]),
      scale: tf.tensor1d([1, 2, -3]),
      offset: tf.tensor1d([0, 5, 3]),
    }),
  ],
];

describe('gives what the eager kernels give, gradients too', () => {
  it.each(CASES)('%s', async (_, fn, inputs) => {
    expect(await differenceWithGradients(fn, inputs())).toBeLessThan(1e-5);
  });
});

const NORMALISED: [string, () => NamedTensorMap][] = [
  ['few pixels', () => ({ x: tf.add(images(5, 4, 3), 3), dy: images(5, 4, 3, 2) })],
  ['more pixels than short rows are for', () => ({ x: tf.add(images(40, 16, 3), 3), dy: images(40, 16, 3, 2) })],
];

const parameters = () => ({ scale: tf.tensor1d([1, 2, -3]), offset: tf.tensor1d([0, 5, 3]) });

/** The kernel's output, mean and variance, and what the engine keeps for the gradient. */
const batchNormTrain = ({ x, scale, offset }: NamedTensorMap) =>
  tf.engine().runKernel<tf.Tensor[]>('BatchNormTrain', { x, scale, offset }, { epsilon: 1e-3 });

describe("gives what the engine's own kernels of batch normalisation give", () => {
  it.each(NORMALISED)('of %s, with the gradient', async (_, tensors) => {
    const fn = ({ dy, ...given }: NamedTensorMap) => {
      const [y, mean, variance, ...reserved] = batchNormTrain(given);
      const more = Object.fromEntries(reserved.map((tensor, i) => [`reserved${i + 1}`, tensor]));
      const inputs = { dy, x: given.x, scale: given.scale, mean, variance, ...more };
      const [dx, dScale, dOffset] = tf.engine().runKernel<tf.Tensor[]>('BatchNormTrainGrad', inputs, { epsilon: 1e-3 });
      return { y, mean, variance, dx, dScale, dOffset };
    };
    expect(await onnxDifference(fn, { ...tensors(), ...parameters() })).toBeLessThan(1e-5);
  });

  it('of rows without pixels, where the engine has that', async () => {
    if (tf.getBackend() === 'tensorflow') return; // TensorFlow's kernel takes images alone
    const fn = (given: NamedTensorMap) => {
      const [y, mean, variance] = batchNormTrain(given);
      return { y, mean, variance };
    };
    const x = tf.randomNormal([20, 3], 1, 2, 'float32', 3);
    expect(await onnxDifference(fn, { x, ...parameters() })).toBeLessThan(1e-5);
  });
});

it('normalises images that are there in NCHW', async () => {
  const fn = ({ x, filter: weights, scale, offset }: NamedTensorMap) => {
    const y = tf.conv2d(x as Tensor4D, weights as Tensor4D, 1, 'same');
    const [normal, mean, variance] = tf
      .engine()
      .runKernel<tf.Tensor[]>('BatchNormTrain', { x: y, scale, offset }, { epsilon: 1e-3 });
    const inference = tf.batchNorm(y, mean as tf.Tensor1D, variance as tf.Tensor1D, offset as tf.Tensor1D);
    return { normal, inference };
  };
  const inputs = { x: images(5, 4, 3), filter: filter(3, 3, 3, 2), scale: tf.tensor1d([1, 2]), offset: tf.ones([2]) };
  expect(await onnxDifference(fn, inputs)).toBeLessThan(1e-5);
});

/** Kernels of the native engine's fused networks, next to what they fuse. */
describe('gives what a fused kernel is made of', () => {
  const padding = [1, 1, 1, 1];

  async function run(kernel: string, inputs: Record<string, tf.Tensor>, strides: number[], shape: number[]) {
    const values = Object.fromEntries(
      Object.entries(inputs).map(([name, tensor]): [string, Value] => [
        name,
        { shape: tensor.shape, dtype: 'float32' },
      ]),
    );
    const y: Value = { shape, dtype: 'float32' };
    const attributes = { strides, dilations: [1, 1], padding, activation: 'relu' };
    const executable = await openOnnx({
      inputs: new Map(Object.entries(values)),
      variables: [],
      constants: new Map(),
      operations: [{ kernel, inputs: values, attributes, outputs: [y] }],
      outputs: new Map([['y', y]]),
    });
    const made = await executable.run(inputs);
    await executable.dispose();
    return made.y;
  }

  const furthest = (a: tf.Tensor, b: tf.Tensor) => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0];

  it('FusedConv2DAdd', async () => {
    const [x, addend, kernel, bias] = [
      images(5, 4, 3),
      images(5, 4, 4, 2),
      filter(3, 3, 3, 4),
      tf.tensor1d([1, -2, 3, 0.5]),
    ];
    const found = await run('FusedConv2DAdd', { x, filter: kernel, bias, addend }, [1, 1], addend.shape);
    expect(furthest(found, tf.relu(tf.addN([tf.add(tf.conv2d(x, kernel, 1, 'same'), bias), addend])))).toBeLessThan(
      1e-5,
    );
  });

  it('FusedConv2DTranspose', async () => {
    const [x, kernel, bias] = [images(5, 4, 3), filter(4, 4, 2, 3), tf.tensor1d([1, -2])];
    const shape: [number, number, number, number] = [2, 10, 8, 2];
    const found = await run('FusedConv2DTranspose', { x, filter: kernel, bias }, [2, 2], shape);
    expect(furthest(found, tf.relu(tf.add(tf.conv2dTranspose(x, kernel, shape, 2, 'same'), bias)))).toBeLessThan(1e-5);
  });
});
