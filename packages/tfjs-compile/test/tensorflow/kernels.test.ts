import * as tf from '@tensorflow/tfjs';
import { useEngine } from '@pose/tfjs-engine';
import { openTensorFlow, trace, type Graph } from '../../src/index';
import { deviation } from '../support/deviation';
import { eachReduced } from '../support/each-reduced';
import { interpret } from '../support/interpret';
import { describeOnNative } from '../support/native';

type Function = (...inputs: tf.Tensor[]) => tf.Tensor | tf.Tensor[];
type Case = [kernel: string, inputs: () => tf.Tensor[], run: Function];

const normal = (...shape: number[]) => tf.randomNormal(shape, 0, 1, 'float32', 7 + shape.length);
const positive = (...shape: number[]) => tf.randomUniform(shape, 0.1, 2, 'float32', 3);
const ints = (...values: number[]) => tf.tensor1d(values, 'int32');
const truths = (...values: number[]) => tf.tensor1d(values, 'bool');
const withNaN = () => tf.tensor1d([-2, -0.5, 0, 0.5, NaN, 3]);

const UNARY = [
  ...['Abs', 'Ceil', 'Cos', 'Elu', 'Erf', 'Exp', 'Expm1', 'Floor', 'IsFinite', 'IsInf', 'IsNan', 'Neg', 'OnesLike'],
  ...['Relu', 'Relu6', 'Round', 'Selu', 'Sigmoid', 'Sign', 'Sin', 'Softplus', 'Square', 'Tan', 'Tanh', 'ZerosLike'],
];
const OF_POSITIVE = ['Log', 'Log1p', 'Reciprocal', 'Rsqrt', 'Sqrt'];
const BINARY = [
  ...['Add', 'Atan2', 'Equal', 'FloorDiv', 'Greater', 'GreaterEqual', 'Less', 'LessEqual', 'Maximum', 'Minimum', 'Mod'],
  ...['Multiply', 'NotEqual', 'Pow', 'RealDiv', 'SquaredDifference', 'Sub'],
];
const kernel =
  (name: string, names: string[], attributes: object = {}): Function =>
  (...inputs) =>
    tf.engine().runKernel(name, Object.fromEntries(names.map((key, i) => [key, inputs[i]])), attributes as never);

type Padding = 'same' | 'valid' | number | [[number, number], [number, number], [number, number], [number, number]];
const LOPSIDED: Padding = [[0, 0], [0, 1], [2, 1], [0, 0]]; // prettier-ignore
const PADDINGS: Padding[] = ['same', 'valid', 1, LOPSIDED];

/** A convolution of [2, 9, 8, 4] and both of its gradients. */
function convolutions(depthwise: boolean, side: number, strides: number, dilations: number, pad: Padding): Case[] {
  const x: [number, number, number, number] = [2, 9, 8, 4];
  const filter: [number, number, number, number] = [side, side, 4, depthwise ? 2 : 5];
  const info = tf.backend_util.computeConv2DInfo(x, filter, strides, dilations, pad, 'floor', depthwise);
  const attributes = { strides, dilations, pad, dataFormat: 'NHWC' };
  const name = depthwise ? 'DepthwiseConv2dNative' : 'Conv2D';
  const forward: Case = [name, () => [normal(...x), normal(...filter)], kernel(name, ['x', 'filter'], attributes)];
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

function pools(kind: 'MaxPool' | 'AvgPool', filterSize: number, strides: number, pad: Padding): Case[] {
  const x: [number, number, number, number] = [2, 9, 8, 3];
  const { outShape } = tf.backend_util.computePool2DInfo(x, filterSize, strides, 1, pad, 'floor');
  const attributes = { filterSize, strides, pad, dimRoundingMode: 'floor' };
  const grad: Function =
    kind === 'MaxPool'
      ? (dy, input) => {
          const output = kernel('MaxPool', ['x'], attributes)(input);
          return kernel('MaxPoolGrad', ['dy', 'input', 'output'], attributes)(dy, input, output as tf.Tensor);
        }
      : kernel('AvgPoolGrad', ['dy', 'input'], attributes);
  return [
    [kind, () => [normal(...x)], kernel(kind, ['x'], attributes)],
    [`${kind}Grad`, () => [normal(...outShape), normal(...x)], grad],
  ];
}

const ACTIVATIONS = ['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'] as const;
const resizes = ['ResizeBilinear', 'ResizeNearestNeighbor'].flatMap((name): Case[] =>
  [
    [false, false],
    [true, false],
    [false, true],
  ].flatMap(([alignCorners, halfPixelCenters]): Case[] => {
    const attributes = { alignCorners, halfPixelCenters };
    return [
      [name, () => [normal(2, 4, 3, 2)], kernel(name, ['images'], { ...attributes, size: [7, 6] })],
      [
        ...([`${name}Grad`, () => [normal(2, 7, 6, 2), normal(2, 4, 3, 2)]] as const),
        kernel(`${name}Grad`, ['dy', 'images'], attributes),
      ],
    ];
  }),
);

const CASES: Case[] = [
  ...UNARY.map((name): Case => [name, () => [normal(3, 4)], kernel(name, ['x'])]),
  ...OF_POSITIVE.map((name): Case => [name, () => [positive(3, 4)], kernel(name, ['x'])]),
  ...BINARY.map((name): Case => [name, () => [positive(3, 4), positive(4)], kernel(name, ['a', 'b'])]),
  ['LogicalAnd', () => [truths(0, 0, 1, 1), truths(0, 1, 0, 1)], (a, b) => tf.logicalAnd(a, b)],
  ['LogicalOr', () => [truths(0, 0, 1, 1), truths(0, 1, 0, 1)], (a, b) => tf.logicalOr(a, b)],
  ['LogicalNot', () => [truths(0, 1)], (x) => tf.logicalNot(x)],
  ['Cast', () => [normal(5)], (x) => [tf.cast(x, 'int32'), tf.cast(tf.greater(x, 0), 'float32')]],
  ['ClipByValue', () => [normal(9)], (x) => tf.clipByValue(x, -0.5, 0.25)],
  ['Step', () => [withNaN()], (x) => tf.step(x, 0.25)],
  ['Select', () => [truths(0, 1), normal(2, 3), normal(2, 3)], kernel('Select', ['condition', 't', 'e'])],
  ['Select', () => [normal(2, 3)], (x) => tf.where(tf.greater(x, 0), x, tf.zerosLike(x))],
  ['LeakyRelu', () => [normal(9)], (x) => tf.leakyRelu(x, 0.3)],
  ['Prelu', () => [normal(4, 3), normal(3)], (x, alpha) => tf.prelu(x, alpha)],
  ['ReluGrad', () => [normal(9), positive(9)], (dy, y) => kernel('ReluGrad', ['dy', 'y'])(dy, tf.sub(y, 1))],
  ['EluGrad', () => [normal(9), normal(9)], kernel('EluGrad', ['dy', 'y'])],
  ...['Sum', 'Mean', 'Max', 'Min', 'Prod'].flatMap((name): Case[] => {
    const reduce = tf[name.toLowerCase() as 'sum'];
    return [
      [name, () => [normal(2, 3, 4)], (x) => [reduce(x), reduce(x, [0, -1]), reduce(x, 1, true)]],
      [name, () => [ints(3, -4, 5)], (x) => reduce(x)],
    ];
  }),
  ['Sum', () => [truths(1, 0, 1)], (x) => tf.sum(x)],
  ['All', () => [truths(1, 0, 1)], (x) => [tf.all(x), tf.all(x, 0, true)]],
  ['Any', () => [truths(1, 0, 1)], (x) => tf.any(x)],
  ['AddN', () => [normal(4), positive(4), normal(4)], (...list) => tf.addN(list)],
  ['ArgMax', () => [normal(3, 5)], (x) => tf.argMax(x, 1)],
  ['ArgMin', () => [normal(3, 5)], (x) => tf.argMin(x, 0)],
  ['TopK', () => [normal(3, 5)], (x) => Object.values(tf.topk(x, 2))],
  ['Softmax', () => [normal(3, 5)], (x) => tf.softmax(x)],
  ['Exp', () => [normal(3, 5)], (x) => tf.logSoftmax(x)],
  ['Cumsum', () => [normal(3, 5)], (x) => [tf.cumsum(x, 1), tf.cumsum(x, 1, true, true)]],
  ['Cumprod', () => [normal(3, 5)], (x) => tf.cumprod(x, 1)],
  ['BatchMatMul', () => [normal(2, 3, 4), normal(2, 5, 4)], (a, b) => tf.matMul(a, b, false, true)],
  ['BatchMatMul', () => [normal(4, 3), normal(4, 5)], (a, b) => tf.matMul(a, b, true)],
  ...ACTIVATIONS.map((activation): Case => [
    '_FusedMatMul',
    () => [normal(1, 3, 4), normal(1, 4, 5), normal(5), normal(5)],
    (a, b, bias, preluActivationWeights) => {
      const weights: Record<string, tf.Tensor> = activation === 'prelu' ? { preluActivationWeights } : {};
      const attributes = { transposeA: false, transposeB: false, activation, leakyreluAlpha: 0.1 };
      return tf.engine().runKernel('_FusedMatMul', { a, b, bias, ...weights }, attributes);
    },
  ]),
  ['Reshape', () => [normal(2, 6)], (x) => tf.mul(tf.reshape(x, [3, 4]), 2)],
  ['ExpandDims', () => [normal(2, 6)], (x) => tf.expandDims(x, 1)],
  ['Transpose', () => [normal(2, 3, 4)], (x) => tf.transpose(x, [2, 0, 1])],
  ['Reverse', () => [normal(2, 3, 4)], (x) => tf.reverse(x, [0, -1])],
  ['Slice', () => [normal(4, 5)], (x) => [tf.slice(x, [1, 2], [2, -1]), tf.slice(x, 1)]],
  ['StridedSlice', () => [normal(6, 5)], (x) => tf.stridedSlice(x, [5, 0], [1, 4], [-2, 3], 0, 2)],
  ['Concat', () => [normal(2, 3), normal(2, 1)], (a, b) => tf.concat([a, b], -1)],
  ['SplitV', () => [normal(2, 6)], (x) => tf.split(x, [1, 2, 3], 1)],
  ['Pack', () => [normal(2, 3), normal(2, 3)], (a, b) => tf.stack([a, b], 1)],
  ['Unpack', () => [normal(2, 3)], (x) => tf.unstack(x, 1)],
  ['Tile', () => [normal(2, 3)], (x) => tf.tile(x, [2, 3])],
  ['PadV2', () => [normal(2, 3)], (x) => tf.pad(x, [[1, 0], [0, 2]], -3)], // prettier-ignore
  ['MirrorPad', () => [normal(4, 3)], (x) => tf.mirrorPad(x, [[1, 0], [0, 2]], 'reflect')], // prettier-ignore
  ['SpaceToBatchND', () => [normal(1, 4, 5, 2)], (x) => tf.spaceToBatchND(x, [2, 3], [[0, 0], [1, 0]])], // prettier-ignore
  ['BatchToSpaceND', () => [normal(6, 2, 2, 2)], (x) => tf.batchToSpaceND(x, [2, 3], [[0, 1], [1, 0]])], // prettier-ignore
  ['Fill', () => [normal(2)], (x) => tf.add(tf.fill([3, 2], 0.5), x)],
  ['Range', () => [normal(4)], (x) => [tf.mul(tf.range(0, 1, 0.25), x), tf.range(5, 1, -2, 'int32')]],
  ['OneHot', () => [ints(1, 0, 3)], (x) => tf.oneHot(x, 4, 2, -1)],
  ['GatherV2', () => [normal(3, 4), ints(2, 0, 2)], (x, indices) => tf.gather(x, indices)],
  [
    'GatherV2',
    () => [normal(2, 3, 4), tf.tensor2d([[2, 0], [1, 1]], [2, 2], 'int32')], // prettier-ignore
    (x, indices) => tf.gather(x, indices, 1, 1),
  ],
  ['GatherNd', () => [normal(3, 4), tf.tensor2d([[2, 0], [1, 3]], [2, 2], 'int32')], (x, i) => tf.gatherND(x, i)], // prettier-ignore
  ['UnsortedSegmentSum', () => [normal(4, 3), ints(1, 0, 1, 3)], (x, ids) => tf.unsortedSegmentSum(x, ids as tf.Tensor1D, 5)], // prettier-ignore
  ...resizes,
  ...PADDINGS.flatMap((pad) => [
    ...[1, 2].flatMap((stride) => convolutions(false, 3, stride, 1, pad)),
    ...convolutions(false, 3, 1, 2, pad),
    ...convolutions(false, 1, 2, 1, pad),
    ...[1, 2].flatMap((stride) => convolutions(true, 3, stride, 1, pad)),
    ...convolutions(true, 3, 1, 2, pad),
    ...pools('MaxPool', 3, 2, pad),
    ...pools('AvgPool', 3, 2, pad),
  ]),
  ...ACTIVATIONS.flatMap((activation): Case[] => {
    const fused = (op: typeof tf.fused.conv2d | typeof tf.fused.depthwiseConv2d): Function => {
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
  ...['linear', 'relu'].flatMap((activation): Case[] => [
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
    'BatchNormTrainGrad',
    () => [normal(2, 3, 4, 5), normal(5), normal(5), positive(2, 3, 4, 5)],
    (x, scale, offset, dy) => {
      const attributes = { epsilon: 1e-3 };
      const [y, mean, variance, ...reserved] = tf
        .engine()
        .runKernel<tf.Tensor[]>('BatchNormTrain', { x, scale, offset }, attributes);
      const more = Object.fromEntries(reserved.map((tensor, i) => [`reserved${i + 1}`, tensor]));
      const inputs = { dy, x, scale, mean, variance, ...more };
      return [y, mean, variance, ...tf.engine().runKernel<tf.Tensor[]>('BatchNormTrainGrad', inputs, attributes)];
    },
  ],
  [
    'FusedBatchNorm',
    () => [normal(2, 3, 4, 5), normal(5), positive(5), normal(5), normal(5)],
    (x, mean, variance, offset, scale) => [
      tf.batchNorm(x, mean as tf.Tensor1D, variance as tf.Tensor1D, offset as tf.Tensor1D, scale as tf.Tensor1D, 1e-2),
      tf.batchNorm(x, mean as tf.Tensor1D, variance as tf.Tensor1D),
    ],
  ],
  [
    'FusedBatchNorm',
    () => [normal(2, 3), normal(2, 3), positive(2, 3), normal(2, 3), normal(2, 3)],
    (x, mean, variance, offset, scale) => tf.batchNorm(x, mean, variance, offset, scale),
  ],
];

function tracedCase([, makeInputs, run]: Case) {
  const tensors = Object.fromEntries(makeInputs().map((input, i) => [`input${i}`, input]));
  const fn = (inputs: tf.NamedTensorMap) =>
    Object.fromEntries([run(...Object.values(inputs))].flat().map((output, i) => [`output${i}`, output]));
  return { tensors, fn, graph: trace(fn, tensors) };
}

/** @param tolerance  of each output's largest number */
async function expectFromTensorFlow(
  graph: Graph,
  tensors: tf.NamedTensorMap,
  expected: tf.NamedTensorMap,
  tolerance: number,
) {
  const executable = await openTensorFlow(graph);
  const actual = await executable.run(tensors);
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  for (const [key, tensor] of Object.entries(expected)) {
    expect(actual[key]).toMatchObject({ shape: tensor.shape, dtype: tensor.dtype });
    expect(deviation(actual[key].dataSync(), tensor.dataSync())).toBeLessThan(tolerance);
  }
  await executable.dispose();
  tf.dispose([tensors, expected, actual]);
}

describeOnNative("TensorFlow's ops compute what the kernels do", () => {
  beforeAll(() => useEngine({ prefer: 'native' }));

  test.each(CASES)('%s (case %#)', async (...one) => {
    const { graph, tensors, fn } = tracedCase(one);
    expect(graph.operations.map(({ kernel }) => kernel)).toContain(one[0]);
    await expectFromTensorFlow(
      graph,
      tensors,
      tf.tidy(() => fn(tensors)),
      1e-5,
    );
  });

  test.each([
    ['bfloat16', 8],
    ['float16', 11],
  ] as const)('in %s as well, to its %i bits, those that may have it', async (type, bits) => {
    let count = 0;
    for (const one of CASES) {
      const { graph, tensors } = tracedCase(one);
      const reduced = eachReduced(graph, type);
      if (reduced.operations.length === graph.operations.length) continue;
      count++;
      // Sums are rounded once, or after each of the up to four windows that a pixel lies in.
      await expectFromTensorFlow(reduced, tensors, interpret(reduced, tensors), 4 * 2 ** -bits);
    }
    expect(count).toBeGreaterThan(CASES.length / 2);
  });
});
