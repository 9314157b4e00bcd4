import * as tf from '@tensorflow/tfjs-core';
import { ints, kernel, normal, truths, type KernelCase } from './kernel-case';

const slice = (...[begin, end, strides, ...masks]: [number[], number[], number[], ...number[]]) => {
  return (x: tf.Tensor) => tf.stridedSlice(x, begin, end, strides, ...masks);
};

/** By begin, end, strides, and the masks of begins, ends, ellipsis, new axes and axes that shrink. */
const SLICES = [
  slice([5, 0], [1, 4], [-2, 3], 0, 2),
  slice([1, -3], [-1, 5], [1, 1]),
  slice([0, 0], [0, 0], [-1, -1], 3, 3), // all, backwards
  slice([-1, 3], [-100, -100], [-2, -1]),
  slice([0, 2], [0, 3], [1, 1], 0, 0, 1, 0, 2), // [..., 2]
  slice([2, 0], [3, 0], [1, 1], 0, 0, 2, 0, 1), // [2, ...]
  slice([0, 0, 1], [0, 0, 4], [1, 1, 2], 2, 2, 0, 1), // [newAxis, :, 1:4:2]
  slice([-2, 0], [-1, 2], [1, 1], 0, 0, 0, 0, 1),
  slice([3], [5], [1]),
  (x: tf.Tensor) => tf.stridedSlice(x, [1, 1], [100, 100], [2, 2]),
];

/** What moves, joins, cuts, pads and repeats, and what is made of numbers alone. */
export const SHAPE_CASES: KernelCase[] = [
  ['Reshape', () => [normal(2, 6)], (x) => tf.mul(tf.reshape(x, [3, 4]), 2)],
  ['ExpandDims', () => [normal(2, 6)], (x) => tf.expandDims(x, 1)],
  ['Transpose', () => [normal(2, 3, 4)], (x) => tf.transpose(x, [2, 0, 1])],
  ['Reverse', () => [normal(2, 3, 4)], (x) => tf.reverse(x, [0, -1])],
  ['FlipLeftRight', () => [normal(2, 3, 4, 2)], (x) => tf.image.flipLeftRight(x as tf.Tensor4D)],
  ['Slice', () => [normal(4, 5)], (x) => [tf.slice(x, [1, 2], [2, -1]), tf.slice(x, 1)]],
  ...SLICES.map((cut): KernelCase => ['StridedSlice', () => [normal(6, 5)], cut]),
  ['Concat', () => [normal(2, 3), normal(2, 1)], (a, b) => tf.concat([a, b], -1)],
  ['SplitV', () => [normal(2, 6)], (x) => tf.split(x, [1, 2, 3], 1)],
  ['Pack', () => [normal(2, 3), normal(2, 3)], (a, b) => tf.stack([a, b], 1)],
  ['Unpack', () => [normal(2, 3)], (x) => tf.unstack(x, 1)],
  ['Tile', () => [normal(2, 3)], (x) => tf.tile(x, [2, 3])],
  ['Tile', () => [normal(2, 1)], (x) => tf.broadcastTo(x, [3, 2, 4])],
  ['PadV2', () => [normal(2, 3)], (x) => tf.pad(x, [[1, 0], [0, 2]], -3)], // prettier-ignore
  ['PadV2', () => [ints(1, 2)], (x) => tf.pad(x, [[1, 2]], 7)],
  ...(['reflect', 'symmetric'] as const).flatMap((mode): KernelCase[] => [
    ['MirrorPad', () => [normal(4, 3)], (x) => tf.mirrorPad(x, [[3, 0], [1, 2]], mode)], // prettier-ignore
    ['MirrorPad', () => [normal(2, 3, 2)], (x) => tf.mirrorPad(x, [[0, 0], [2, 1], [0, 0]], mode)], // prettier-ignore
    ['MirrorPad', () => [ints(1, 2, 3)], (x) => tf.mirrorPad(x, [[2, 2]], mode)],
  ]),
  ['SpaceToBatchND', () => [normal(1, 4, 5, 2)], (x) => tf.spaceToBatchND(x, [2, 3], [[0, 0], [1, 0]])], // prettier-ignore
  ['BatchToSpaceND', () => [normal(6, 2, 2, 2)], (x) => tf.batchToSpaceND(x, [2, 3], [[0, 1], [1, 0]])], // prettier-ignore
  ['DepthToSpace', () => [normal(2, 3, 2, 12)], (x) => tf.depthToSpace(x as tf.Tensor4D, 2)],
  ['Fill', () => [normal(2)], (x) => tf.add(tf.fill([3, 2], 0.5), x)],
  ['Range', () => [normal(4)], (x) => [tf.mul(tf.range(0, 1, 0.25), x), tf.range(5, 1, -2, 'int32')]],
  ['LinSpace', () => [normal(5)], (x) => tf.mul(tf.linspace(-1, 3, 5), x)],
  ['LinSpace', () => [normal(1)], (x) => tf.mul(tf.linspace(2, 3, 1), x)],
  ['Diag', () => [normal(4)], (x) => tf.diag(x)],
  ['Diag', () => [tf.tensor2d([[1, 2, 3], [4, Infinity, 6]])], (x) => tf.diag(x)], // prettier-ignore
  ['OneHot', () => [ints(1, 0, 3)], (x) => tf.oneHot(x, 4, 2, -1)],
  ['OneHot', () => [ints(1, 4, -1)], (x) => tf.oneHot(x, 3)], // nothing where there is no such class
  ['Cast', () => [truths(1, 0, 1)], (x) => kernel('Cast', ['x'], { dtype: 'int32' })(x)],
];
