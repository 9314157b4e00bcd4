import { sizeOf } from '../../graph/graph';
import { dataType } from '../onnx-proto';
import type { Emit } from '../onnx-writer';

/** Kernels that pick by index. */
export const INDEXING: Readonly<Record<string, Emit>> = {
  GatherV2: ({ inputs: { x, indices }, attributes, outputs: [{ shape }] }, onnx) => {
    const { axis = 0, batchDims = 0 } = attributes as Record<string, number>;
    const at = (axis + x.shape.length) % x.shape.length;
    const names = [onnx.nameOf(x), onnx.nameOf(indices)];
    if (batchDims === 0) return onnx.node('Gather', names, { axis: at });
    // Rows of all batches one below the other, each batch's indices moved to its own rows.
    const batches = sizeOf({ shape: x.shape.slice(0, batchDims) });
    const rows = x.shape[at];
    const outer = sizeOf({ shape: x.shape.slice(batchDims, at) });
    const inner = sizeOf({ shape: x.shape.slice(at + 1) });
    const first = Int32Array.from({ length: batches * outer }, (_, i) => i * rows);
    const count = sizeOf(indices) / batches;
    const moved = onnx.node('Add', [
      onnx.reshape(names[1], [batches, 1, count]),
      onnx.constant('int32', [batches, outer, 1], first),
    ]);
    return onnx.reshape(onnx.node('Gather', [onnx.reshape(names[0], [-1, inner]), moved], { axis: 0 }), shape);
  },
  UnsortedSegmentSum: ({ inputs: { x, segmentIds }, outputs: [output] }, onnx) => {
    const ids = onnx.node('Cast', [onnx.nameOf(segmentIds)], { to: dataType('int64') });
    const [segments, ...row] = output.shape;
    // Rows of a negative segment go to one more, which is cut off.
    const place = onnx.node('Where', [
      onnx.node('Less', [ids, onnx.constant('int64', [], BigInt64Array.of(0n))]),
      onnx.constant('int64', [], BigInt64Array.of(BigInt(segments))),
      ids,
    ]);
    const zeros = onnx.node('Expand', [onnx.scalar(0, output), onnx.ints([segments + 1, ...row])]);
    const inputs = [zeros, onnx.node('Unsqueeze', [place, onnx.ints([-1])]), onnx.nameOf(x)];
    const sums = onnx.node('ScatterND', inputs, { reduction: 'add' });
    return onnx.node('Slice', [sums, onnx.ints([0]), onnx.ints([segments]), onnx.ints([0])]);
  },
  OneHot: ({ inputs: { indices }, attributes, outputs: [output] }, onnx) => {
    const { depth, onValue, offValue } = attributes as Record<string, number>;
    const places = onnx.constant(
      'int32',
      [depth],
      Int32Array.from({ length: depth }, (_, i) => i),
    );
    const isHot = onnx.node('Equal', [onnx.node('Unsqueeze', [onnx.nameOf(indices), onnx.ints([-1])]), places]);
    return onnx.node('Where', [isHot, onnx.scalar(onValue ?? 1, output), onnx.scalar(offValue ?? 0, output)]);
  },
  TopK: ({ inputs: { x }, attributes }, onnx) => {
    const { k, sorted } = attributes as { k: number; sorted: boolean };
    const [values, places] = onnx.outputsOf('TopK', [onnx.nameOf(x), onnx.ints([k])], { sorted: sorted ? 1 : 0 }, 2);
    return [values, onnx.node('Cast', [places], { to: dataType('int32') })];
  },
  ...Object.fromEntries(
    ['ArgMax', 'ArgMin'].map((kernel): [string, Emit] => [
      kernel,
      ({ inputs: { x }, attributes }, onnx) => {
        const axis = [attributes['axis'] as number | number[]].flat()[0];
        const places = onnx.node(kernel, [onnx.nameOf(x)], { axis, keepdims: 0 });
        return onnx.node('Cast', [places], { to: dataType('int32') });
      },
    ]),
  ),
};
