import { boolAttribute, typeAttribute } from '../message/attribute';
import type { Emit } from './emission';

const INDICES = { Tindices: typeAttribute('int32') };

const scatterNd: Emit = ({ inputs: { indices, updates }, outputs: [y] }, { builder, of }) =>
  builder.addTyped('ScatterNd', y.dtype, [of(indices), of(updates), builder.ints(y.shape)], INDICES);

const update: Emit = ({ inputs: { tensor, indices, updates } }, { builder, of }) =>
  builder.addTyped('TensorScatterUpdate', tensor.dtype, [of(tensor), of(indices), of(updates)], INDICES);

const sparseToDense: Emit = (
  { inputs: { sparseIndices, sparseValues, defaultValue }, outputs: [y] },
  { builder, of },
) => {
  const inputs = [of(sparseIndices), builder.ints(y.shape), of(sparseValues), of(defaultValue)];
  return builder.addTyped('SparseToDense', y.dtype, inputs, { ...INDICES, validate_indices: boolAttribute(true) });
};

export const scatterKernels: Readonly<Record<string, Emit>> = {
  ScatterNd: scatterNd,
  TensorScatterUpdate: update,
  SparseToDense: sparseToDense,
};
