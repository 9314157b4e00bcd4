import * as tf from '@tensorflow/tfjs-core';
import type { Random } from './random';
import type { Step } from './random-steps';

type Padding = 'same' | 'valid' | 1;

const paddingOf = (random: Random): Padding => random.pick(['same', 'valid', 1]);

function imageOf(random: Random, tensors: readonly tf.Tensor[]): tf.Tensor4D {
  const isImage = (tensor: tf.Tensor): tensor is tf.Tensor4D => tensor.rank === 4;
  const images = tensors.filter(isImage);
  return random.pick(images.filter(({ shape, size }) => shape[1] >= 3 && shape[2] >= 3 && size < 1000));
}

const filterOf = (random: Random, shape: [number, number, number, number]): tf.Tensor4D =>
  tf.mul(tf.tensor4d(random.floats(tf.util.sizeFromShape(shape)), shape), 0.2);

const convolution: Step = (random, { tensors }) => {
  const x = imageOf(random, tensors);
  const side = random.pick([1, 3]);
  const filter = filterOf(random, [side, side, x.shape[3], 3]);
  const dilations = random.pick([1, 1, 2]);
  const strides = dilations === 1 ? random.pick([1, 2]) : 1;
  const y = tf.conv2d(x, filter, strides, dilations === 1 ? paddingOf(random) : 'same', 'NHWC', dilations);
  const bias = tf.tensor1d(random.floats(3));
  return random.pick([
    () => [y],
    () => [tf.relu(tf.add(y, bias))],
    () => [tf.relu6(tf.add(bias, y)), y],
    () => [tf.batchNorm(tf.add(y, bias), [0.5, 0, 1], [1, 0.5, 2], [0, 1, 0], [1, 1, 0.5], 1e-3)],
    () => [tf.relu(tf.batchNorm(y, [0.5, 0, 1], [1, 0.5, 2], bias))],
    () => [tf.fused.conv2d({ x, filter, strides: 1, pad: 'same', bias, activation: 'relu' })],
  ])();
};

const depthwise: Step = (random, { tensors }) => {
  const x = imageOf(random, tensors);
  const filter = filterOf(random, [3, 3, x.shape[3], random.integer(1, 2)]);
  const y = tf.depthwiseConv2d(x, filter, random.pick([1, 2]), random.pick(['same', 'valid']));
  const bias = tf.tensor1d(random.floats(y.shape[3]));
  const statistics = tf.ones([y.shape[3]]) as tf.Tensor1D;
  return [random.pick([() => y, () => tf.relu(tf.add(y, bias)), () => tf.batchNorm(y, bias, statistics, bias)])()];
};

const transposed: Step = (random, { tensors }) => {
  const x = imageOf(random, tensors);
  const filter = filterOf(random, [4, 4, 3, x.shape[3]]);
  return [tf.conv2dTranspose(x, filter, [x.shape[0], x.shape[1] * 2, x.shape[2] * 2, 3], 2, 'same')];
};

const pooling: Step = (random, { tensors }) => {
  const x = imageOf(random, tensors);
  const pool = random.pick([tf.maxPool, tf.avgPool]);
  return [pool(x, random.pick([2, 3]), random.pick([1, 2]), random.pick(['same', 'valid']))];
};

const resizing: Step = (random, { tensors }) => {
  const x = imageOf(random, tensors);
  const resize = random.pick([tf.image.resizeBilinear, tf.image.resizeNearestNeighbor]);
  return [resize(x, [x.shape[1] * 2, x.shape[2] * 2], false, random.next() < 0.5)];
};

/** Towards image and filter, through what networks are made of; of exact images, as ties of maxima are broken at will. */
const gradients: Step = (random, { exact }) => {
  const x = imageOf(random, exact);
  const filter = filterOf(random, [3, 3, x.shape[3], 2]);
  const depthwiseFilter = filterOf(random, [3, 3, x.shape[3], 1]);
  const strides = random.pick([1, 2]);
  const pad = random.pick(['same', 'valid'] as const);
  const layer = random.pick<(x: tf.Tensor4D, filter: tf.Tensor4D) => tf.Tensor>([
    (image, f) => tf.sigmoid(tf.conv2d(image, f, strides, pad)),
    (image, f) => tf.relu(tf.conv2d(tf.image.resizeBilinear(image, [8, 8]), f, strides, pad)),
    (image, f) => tf.conv2d(tf.image.resizeNearestNeighbor(image, [10, 8]), f, strides, pad),
    (image, f) => tf.conv2d(tf.maxPool(image, 2, 1, pad), f, 1, 'same'),
    (image, f) => tf.avgPool(tf.conv2d(image, f, 1, 'same') as tf.Tensor4D, 2, strides, pad),
    (image, f) => tf.conv2d(tf.depthwiseConv2d(image, depthwiseFilter, strides, pad), f, 1, 'same'),
    (image, f) => tf.softmax(tf.conv2d(tf.slice(image, [0, 1, 0, 0]), f, 1, 'same')),
  ]);
  const gradient = tf.grads((image, f) => tf.mean(tf.square(layer(image as tf.Tensor4D, f as tf.Tensor4D))));
  return gradient([x, filter]).map((value) => tf.mul(value, 10));
};

/** The steps of convolutional networks, on images [N, H, W, C]. */
export const imageSteps: readonly Step[] = [
  convolution,
  convolution,
  depthwise,
  transposed,
  pooling,
  resizing,
  gradients,
  gradients,
];
