import { producersOf } from '../graph/edges';
import type { Graph, Operation, Value } from '../graph/graph';
import { substitute } from './substitute';

/**
 * With batch normalisation by the statistics of the batch itself as one operation, BatchNormTrain: where it is composed
 * of Mean, Sub, Square, Mean and FusedBatchNorm, as engines without that kernel run it.
 */
export function fuseBatchNormTrain(graph: Graph): Graph {
  const producers = producersOf(graph);
  const place = new Map(graph.operations.map((operation, i) => [operation, i]));
  const replacements = new Map<Value, Value>();
  const fusedAt = new Map<Operation, Operation>();
  for (const norm of graph.operations) {
    const { x, mean, variance, scale, offset } = norm.inputs;
    const meanOf = norm.kernel === 'FusedBatchNorm' && producers.get(mean);
    if (!meanOf || !scale || !offset || !isMeanOf(meanOf, x) || fusedAt.has(meanOf)) continue;
    if (!isVariance(variance, x, mean, producers)) continue;
    const isEarlier = (value: Value) => (place.get(producers.get(value)!) ?? -1) < place.get(meanOf)!;
    if (!isEarlier(scale) || !isEarlier(offset)) continue;
    const outputs = [norm.outputs[0], mean, variance].map(({ shape, dtype }): Value => ({ shape, dtype }));
    [norm.outputs[0], mean, variance].forEach((old, i) => replacements.set(old, outputs[i]));
    fusedAt.set(meanOf, {
      kernel: 'BatchNormTrain',
      inputs: { x, scale, offset },
      attributes: { epsilon: norm.attributes['varianceEpsilon'] },
      outputs,
      callSite: norm.callSite,
    });
  }
  const operations = graph.operations.flatMap((operation) => {
    const fused = fusedAt.get(operation);
    return fused ? [fused, operation] : [operation];
  });
  return substitute({ ...graph, operations }, replacements);
}

/** Over batch, height and width, to shape [C]. */
const isMeanOf = ({ kernel, inputs, attributes, outputs }: Operation, x: Value): boolean =>
  kernel === 'Mean' &&
  inputs['x'] === x &&
  x.shape.length === 4 &&
  outputs[0].shape.length === 1 &&
  [...(attributes['axes'] as number[])].sort().join() === '0,1,2';

function isVariance(variance: Value, x: Value, mean: Value, producers: ReadonlyMap<Value, Operation>): boolean {
  const average = producers.get(variance);
  const square = average && producers.get(average.inputs['x']);
  const difference = square?.kernel === 'Square' ? producers.get(square.inputs['x']) : undefined;
  return (
    difference?.kernel === 'Sub' &&
    difference.inputs['a'] === x &&
    difference.inputs['b'] === mean &&
    isMeanOf(average!, square!.outputs[0])
  );
}
