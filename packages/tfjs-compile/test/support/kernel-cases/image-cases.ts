import * as tf from '@tensorflow/tfjs-core';
import { ints, kernel, normal, positive, type CaseFunction, type KernelCase } from './kernel-case';
import { PADDINGS, type Padding } from './paddings';

function pools(kind: 'MaxPool' | 'AvgPool', filterSize: number, strides: number, pad: Padding): KernelCase[] {
  const x: [number, number, number, number] = [2, 9, 8, 3];
  const { outShape } = tf.backend_util.computePool2DInfo(x, filterSize, strides, 1, pad, 'floor');
  const attributes = { filterSize, strides, pad, dimRoundingMode: 'floor' };
  const grad: CaseFunction =
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

const resizes = ['ResizeBilinear', 'ResizeNearestNeighbor'].flatMap((name): KernelCase[] =>
  [
    [false, false],
    [true, false],
    [false, true],
  ].flatMap(([alignCorners, halfPixelCenters]): KernelCase[] => {
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

/** Inside, past the edges, mirrored, of no height. */
const boxes = () => tf.tensor2d([[0, 0, 1, 1], [0.1, 0.2, 0.7, 1.3], [0.9, 0.8, 0.2, 0.1], [0.3, -0.5, 0.3, 0.6]]); // prettier-ignore
const crop = (...attributes: ['bilinear' | 'nearest', number?]): CaseFunction => {
  return (image, at, of) => {
    const [images, places, owners] = [image as tf.Tensor4D, at as tf.Tensor2D, of as tf.Tensor1D];
    return [[4, 3], [1, 1], [1, 7]].map((size) => tf.image.cropAndResize(images, places, owners, size as [number, number], ...attributes)); // prettier-ignore
  };
};

const RESPONSES = [[1, 1, 0.5, 0.75], [5, 2, 1e-2, 0.5]].map(([depthRadius, bias, alpha, beta]) => ({ depthRadius, bias, alpha, beta })); // prettier-ignore

/** Pooling, resizing, normalisation. */
export const IMAGE_CASES: KernelCase[] = [
  ...PADDINGS.flatMap((pad) => [...pools('MaxPool', 3, 2, pad), ...pools('AvgPool', 3, 2, pad)]),
  ...resizes,
  ['CropAndResize', () => [normal(2, 5, 6, 3), boxes(), ints(0, 1, 1, 0)], crop('bilinear')],
  ['CropAndResize', () => [normal(2, 5, 6, 3), boxes(), ints(0, 1, 1, 0)], crop('nearest', -2)],
  ...RESPONSES.flatMap((attributes): KernelCase[] => [
    ['LRN', () => [normal(2, 3, 4, 7)], kernel('LRN', ['x'], attributes)],
    [
      'LRNGrad',
      () => [normal(2, 3, 4, 7), positive(2, 3, 4, 7)],
      (x, dy) =>
        kernel('LRNGrad', ['x', 'y', 'dy'], attributes)(x, kernel('LRN', ['x'], attributes)(x) as tf.Tensor, dy),
    ],
  ]),
  [
    'BatchNormTrain',
    () => [normal(2, 3, 4, 5), normal(5), normal(5)],
    (x, scale, offset) =>
      (kernel('BatchNormTrain', ['x', 'scale', 'offset'], { epsilon: 1e-3 })(x, scale, offset) as tf.Tensor[]).slice(
        0,
        3,
      ),
  ],
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
