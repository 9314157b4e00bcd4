import * as tf from '@tensorflow/tfjs-core';
import type { Random } from './random';
import type { Pool } from './random-program';
import { imageSteps } from './random-image-steps';

/** One step of a program: from tensors of the pool to new ones, by what the random numbers say. */
export type Step = (random: Random, pool: Pool) => tf.Tensor[];

type Unary = (x: tf.Tensor) => tf.Tensor;
type Binary = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

const positive: Unary = (x) => tf.add(tf.abs(x), 0.5);

const SMOOTH: Unary[] = [
  tf.abs,
  tf.neg,
  tf.square,
  tf.relu,
  tf.relu6,
  tf.elu,
  tf.selu,
  tf.sigmoid,
  tf.tanh,
  tf.softplus,
  tf.clone,
  tf.erf,
  tf.atan,
  tf.asinh,
  (x) => tf.leakyRelu(x, 0.1),
  (x) => tf.expm1(tf.clipByValue(x, -2, 1)),
  (x) => tf.prelu(x, tf.scalar(0.2)),
  (x) => tf.exp(tf.clipByValue(x, -2, 1)),
  (x) => tf.log(positive(x)),
  (x) => tf.log1p(tf.abs(x)),
  (x) => tf.sqrt(positive(x)),
  (x) => tf.rsqrt(positive(x)),
  (x) => tf.pow(positive(x), 1.5),
  (x) => tf.add(tf.zerosLike(x), 1),
  (x) => tf.onesLike(x),
  (x) => tf.cast(x, 'float32'),
  (x) => tf.mul(x, 1),
  (x) => tf.addN([x, x, x]),
];

/** They jump: for exact tensors alone. No cast to bool: TensorFlow.js' wasm kernel truncates, so that 2.3 becomes 2. */
const JUMPING: Unary[] = [
  tf.floor,
  tf.sign,
  tf.step,
  (x) => tf.cast(x, 'int32'),
  (x) => tf.notEqual(x, 0),
  tf.isFinite,
  (x) => tf.mod(x, 0.75),
  (x) => tf.floorDiv(x, tf.scalar(-0.75)),
];

const SMOOTH_BINARY: Binary[] = [
  tf.add,
  tf.sub,
  tf.mul,
  tf.maximum,
  tf.minimum,
  tf.squaredDifference,
  (a, b) => tf.div(a, positive(b)),
  (a, b) => tf.atan2(a, positive(b)),
];

const COMPARISONS: Binary[] = [tf.greater, tf.greaterEqual, tf.less, tf.lessEqual, tf.equal, tf.notEqual];

const unary: Step = (random, { tensors }) => [random.pick(SMOOTH)(random.pick(tensors))];
const jumping: Step = (random, { exact }) => [random.pick(JUMPING)(random.pick(exact))];

const binary: Step = (random, { tensors }) => {
  const a = random.pick(tensors);
  return [random.pick(SMOOTH_BINARY)(a, partnerOf(a, random, tensors))];
};

const select: Step = (random, { tensors, exact }) => {
  const a = random.pick(exact);
  const compare = () => random.pick(COMPARISONS)(a, partnerOf(a, random, exact));
  const condition = random.pick([
    compare,
    () => tf.logicalAnd(compare(), compare()),
    () => tf.logicalOr(compare(), compare()),
    () => tf.logicalNot(compare()),
  ])();
  const values = sameShape(tensors, condition.shape);
  return [tf.where(condition, random.pick(values), tf.mul(random.pick(values), 0.5))];
};

const reduce: Step = (random, { tensors }) => {
  const x = random.pick(tensors);
  const axes = x.shape.map((_, i) => i).filter(() => random.next() < 0.5);
  const fn = random.pick([tf.sum, tf.mean, tf.max, tf.min, tf.prod]);
  return [fn(tf.clipByValue(x, -1.5, 1.5), axes.length > 0 ? axes : undefined, random.next() < 0.5)];
};

const soften: Step = (random, { tensors }) => {
  const x = random.pick(tensors.filter(({ rank }) => rank > 0));
  return [random.pick([tf.softmax, tf.logSoftmax])(x)];
};

const reshape: Step = (random, { tensors }) => {
  const x = random.pick(tensors);
  return [
    random.pick([
      () => tf.reshape(x, [x.size]),
      () => tf.reshape(x, [1, x.size]),
      () => (x.rank < 4 ? tf.expandDims(x, random.integer(0, x.rank)) : tf.squeeze(x)),
      () => tf.reshape(tf.reshape(x, [x.size]), x.shape),
    ])(),
  ];
};

const transpose: Step = (random, { tensors }) => {
  const x = random.pick(tensors);
  const turned = tf.transpose(x, random.shuffle(x.shape.map((_, i) => i)));
  return [turned, ...(random.next() < 0.5 ? [tf.transpose(turned)] : [])];
};

const combine: Step = (random, { tensors }) => {
  const x = random.pick(tensors.filter(({ rank, size }) => rank > 0 && size < 500));
  const other = random.pick(sameShape(tensors, x.shape));
  const axis = random.integer(0, x.rank - 1);
  const joined = tf.concat([x, other], random.next() < 0.5 ? axis : axis - x.rank);
  return random.pick([
    () => [joined],
    () => tf.split(joined, 2, axis),
    () => (x.rank < 4 ? [tf.stack([x, other], axis)] : [tf.reverse(x, [axis])]),
    () => tf.unstack(x, axis).slice(0, 2),
  ])();
};

const cut: Step = (random, { tensors }) => {
  const x = random.pick(tensors.filter(({ rank, size }) => rank > 0 && size < 500));
  const begin = x.shape.map((side) => random.integer(0, side - 1));
  const size = x.shape.map((side, i) => random.integer(1, side - begin[i]));
  return random.pick([
    () => [tf.slice(x, begin, size)],
    () => [tf.pad(x, x.shape.map(() => [random.integer(0, 2), random.integer(0, 1)] as [number, number]), 0.5)], // prettier-ignore
    () => [tf.tile(x, x.shape.map((_, i) => (i === 0 ? 2 : 1)))], // prettier-ignore
    () => [tf.gather(x, tf.tensor1d(begin.slice(0, 1).concat(0), 'int32'), 0)],
    () => [tf.reverse(x, x.rank - 1)],
    () => [tf.stridedSlice(x, begin, begin, x.shape.map(() => -1), 0, 1)], // prettier-ignore
    () => [tf.stridedSlice(x, [begin[0], 0], [0, 0], [1, 1], 0, 0, 2, 0, 1)],
    () => [tf.mirrorPad(x, x.shape.map((side) => [random.integer(0, side - 1), 0] as [number, number]), 'reflect')], // prettier-ignore
    () => [tf.mirrorPad(x, x.shape.map((side) => [0, random.integer(0, side)] as [number, number]), 'symmetric')], // prettier-ignore
  ])();
};

const accumulate: Step = (random, { tensors }) => {
  const x = random.pick(tensors.filter(({ rank, size }) => rank > 0 && size < 500));
  const fn = random.pick([tf.cumsum, tf.cumprod]);
  const axis = random.integer(0, x.rank - 1);
  return [fn(tf.clipByValue(x, -1.25, 1.25), axis, random.next() < 0.5, random.next() < 0.5)];
};

const multiplyMatrices: Step = (random, { tensors }) => {
  const x = random.pick(tensors.filter(({ rank }) => rank === 2 || rank === 3));
  const transposed = random.next() < 0.5;
  const product = transposed ? tf.matMul(x, x, false, true) : tf.matMul(x, x, true, false);
  return [tf.mul(product, 0.1)];
};

const segments: Step = (random, { exact }) => {
  const x = random.pick(exact.filter(({ rank, shape }) => rank > 0 && shape[0] > 1));
  const ids = tf.tensor1d(Array.from({ length: x.shape[0] }, () => random.integer(0, 2)), 'int32'); // prettier-ignore
  const places = tf.expandDims(ids, 1);
  return [
    ...[tf.unsortedSegmentSum(x, ids, 3), tf.oneHot(ids, 3), tf.topk(x, 1).values],
    random.pick([
      () => tf.scatterND(places, x, [3, ...x.shape.slice(1)]),
      () => tf.gatherND(x, tf.tensor2d([1, 0], [2, 1], 'int32')),
    ])(),
  ];
};

const fresh: Step = (random) => [
  random.pick([() => tf.fill([2, 3], 0.25), () => tf.range(0, 3, 1), () => tf.ones([3]), () => tf.scalar(2)])(),
];

/** Of the shape, or one that broadcasts to it. */
function partnerOf(a: tf.Tensor, random: Random, tensors: readonly tf.Tensor[]): tf.Tensor {
  const isPartner = ({ shape }: tf.Tensor) =>
    shape.length <= a.rank && shape.every((side, i) => side === a.shape[a.rank - shape.length + i]);
  return random.pick(tensors.filter(isPartner));
}

/** Never empty: the shape is widened from a tensor of one element when no other has it. */
function sameShape(tensors: readonly tf.Tensor[], shape: readonly number[]): tf.Tensor[] {
  const found = tensors.filter((tensor) => tensor.shape.join() === shape.join());
  return found.length > 0 ? found : [tf.fill([...shape], 0.75)];
}

const elementwise = [unary, unary, unary, jumping, binary, binary, select, reduce, accumulate, soften];
const shapes = [reshape, transpose, combine, cut, multiplyMatrices, segments, fresh];

export const STEPS: readonly Step[] = [...elementwise, ...shapes, ...imageSteps];
