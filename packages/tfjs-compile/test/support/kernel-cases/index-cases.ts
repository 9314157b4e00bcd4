import * as tf from '@tensorflow/tfjs-core';
import { floats, ints, normal, type KernelCase } from './kernel-case';

const places = (...rows: number[][]) => tf.tensor2d(rows, [rows.length, rows[0].length], 'int32');

/** What picks and writes by index. */
export const INDEX_CASES: KernelCase[] = [
  ['GatherV2', () => [normal(3, 4), ints(2, 0, 2)], (x, indices) => tf.gather(x, indices)],
  ['GatherV2', () => [normal(2, 3, 4), places([2, 0], [1, 1])], (x, indices) => tf.gather(x, indices, 1, 1)],
  ['GatherNd', () => [normal(3, 4), places([2, 0], [1, 3])], (x, indices) => tf.gatherND(x, indices)],
  ['GatherNd', () => [normal(3, 4, 2), places([2], [0], [2])], (x, indices) => tf.gatherND(x, indices)],
  [
    'GatherNd',
    () => [ints(4, 5, 6), tf.tensor3d([[[2], [0]], [[1], [1]]], [2, 2, 1], 'int32')], // prettier-ignore
    (x, indices) => tf.gatherND(x, indices),
  ],
  // Places that come twice are added up.
  ['ScatterNd', () => [places([2], [0], [2]), normal(3, 2)], (at, values) => tf.scatterND(at, values, [4, 2])],
  ['ScatterNd', () => [places([1, 0], [0, 2]), floats(5, 6)], (at, values) => tf.scatterND(at, values, [2, 3])],
  ['ScatterNd', () => [places([1], [1]), ints(5, 6)], (at, values) => tf.scatterND(at, values, [3])],
  [
    'TensorScatterUpdate',
    () => [normal(4, 2), places([2], [0]), floats(1, 2)],
    (x, at, values) => tf.tensorScatterUpdate(x, at, tf.stack([values, tf.neg(values)])),
  ],
  ['SparseToDense', () => [places([0, 1], [1, 2]), floats(5, 6)], (at, values) => tf.sparseToDense(at, values, [2, 3], -1)], // prettier-ignore
  ['SparseToDense', () => [ints(0, 3), ints(5, 6)], (at, values) => tf.sparseToDense(at, values, [5], tf.scalar(9, 'int32'))], // prettier-ignore
  ['SparseToDense', () => [ints(0, 3), tf.scalar(2.5)], (at, value) => tf.sparseToDense(at, value, [4], 0)],
  ['UnsortedSegmentSum', () => [normal(4, 3), ints(1, 0, 1, 3)], (x, ids) => tf.unsortedSegmentSum(x, ids as tf.Tensor1D, 5)], // prettier-ignore
  ['UnsortedSegmentSum', () => [normal(3, 2), ints(1, -1, 1)], (x, ids) => tf.unsortedSegmentSum(x, ids as tf.Tensor1D, 2)], // prettier-ignore
];
