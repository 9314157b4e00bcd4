import { intAttribute, typeAttribute } from '../message/attribute';
import type { Emit } from './emission';

const INT = typeAttribute('int32');

const gather: Emit = ({ inputs: { x, indices }, attributes }, { builder, of }) => {
  const { axis, batchDims } = attributes as { axis: number; batchDims: number };
  return builder.add('GatherV2', [of(x), of(indices), builder.int(axis)], {
    Tparams: typeAttribute(x.dtype),
    Tindices: INT,
    Taxis: INT,
    batch_dims: intAttribute(batchDims),
  });
};

const gatherNd: Emit = ({ inputs: { params, indices } }, { builder, of }) =>
  builder.add('GatherNd', [of(params), of(indices)], { Tparams: typeAttribute(params.dtype), Tindices: INT });

const unsortedSegmentSum: Emit = ({ inputs: { x, segmentIds }, attributes }, { builder, of }) => {
  const { numSegments } = attributes as { numSegments: number };
  return builder.addTyped('UnsortedSegmentSum', x.dtype, [of(x), of(segmentIds), builder.int(numSegments)], {
    Tindices: INT,
    Tnumsegments: INT,
  });
};

export const gatherKernels: Readonly<Record<string, Emit>> = {
  GatherV2: gather,
  GatherNd: gatherNd,
  UnsortedSegmentSum: unsortedSegmentSum,
};
