import { sizeOf, type Operation, type Value } from '../../graph/graph';
import type { Emit, OnnxWriter } from '../onnx-writer';

/** Kernels that pick, and write, at places given by rows of indices. */
export const SCATTERING: Readonly<Record<string, Emit>> = {
  GatherNd: ({ inputs: { params, indices } }, onnx) =>
    onnx.node('GatherND', [onnx.nameOf(params), onnx.cast(onnx.nameOf(indices), 'int64')]),
  ScatterNd: ({ inputs: { indices, updates }, outputs: [output] }, onnx) =>
    onnx.node('ScatterND', [filled(onnx.scalar(0, output), output, onnx), ...written(indices, updates, onnx)], {
      reduction: 'add',
    }),
  TensorScatterUpdate: ({ inputs: { tensor, indices, updates } }, onnx) =>
    onnx.node('ScatterND', [onnx.nameOf(tensor), ...written(indices, updates, onnx)]),
  SparseToDense: sparseToDense,
};

const filled = (value: string, { shape }: Value, onnx: OnnxWriter): string =>
  onnx.node('Expand', [value, onnx.ints(shape)]);

const written = (indices: Value, updates: Value, onnx: OnnxWriter): string[] => [
  onnx.cast(onnx.nameOf(indices), 'int64'),
  onnx.nameOf(updates),
];

/** Indices may be a single one or single numbers, values one for all. */
function sparseToDense({ inputs, outputs: [output] }: Operation, onnx: OnnxWriter): string {
  const { sparseIndices, sparseValues, defaultValue } = inputs;
  const rank = output.shape.length;
  const count = sizeOf(sparseIndices) / rank;
  const indices = onnx.reshape(onnx.cast(onnx.nameOf(sparseIndices), 'int64'), [count, rank]);
  const values = onnx.node('Expand', [onnx.nameOf(sparseValues), onnx.ints([count])]);
  return onnx.node('ScatterND', [filled(onnx.nameOf(defaultValue), output, onnx), indices, values]);
}
