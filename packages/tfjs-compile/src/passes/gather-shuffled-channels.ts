import { producersOf } from '../graph/edges';
import type { Graph, Operation, Value, ValueArray } from '../graph/graph';
import { dropDeadCode } from './drop-dead-code';

/**
 * Images whose channels are parted into groups, exchanged with the groups' members, and joined again (Zhang et al. 2018,
 * "ShuffleNet", section 3.1), which is a Reshape, a Transpose and a Reshape, as one GatherV2 of channels: that can be done
 * on NCHW images, where each channel moves as a whole.
 */
export function gatherShuffledChannels(graph: Graph): Graph {
  const producers = producersOf(graph);
  const constants = new Map<Value, ValueArray>(graph.constants);
  const operations = graph.operations.map((operation) => {
    const shuffled = operation.kernel === 'Reshape' && shuffledBefore(operation, producers);
    if (!shuffled) return operation;
    const { x, groups } = shuffled;
    const members = x.shape[3] / groups;
    const channels = Int32Array.from({ length: x.shape[3] }, (_, i) => (i % groups) * members + Math.floor(i / groups));
    const indices: Value = { shape: [channels.length], dtype: 'int32' };
    constants.set(indices, channels);
    return { ...operation, kernel: 'GatherV2', inputs: { x, indices }, attributes: { axis: 3, batchDims: 0 } };
  });
  return dropDeadCode({ ...graph, constants, operations });
}

/** What a Reshape joins again, if it is the last of the three. */
function shuffledBefore(joining: Operation, producers: ReadonlyMap<Value, Operation>) {
  const exchange = producers.get(joining.inputs['x']);
  const parting = exchange?.kernel === 'Transpose' ? producers.get(exchange.inputs['x']) : undefined;
  if (!exchange || parting?.kernel !== 'Reshape') return undefined;
  const { x } = parting.inputs;
  const [, , , groups, members] = parting.outputs[0].shape;
  const isExchange = (exchange.attributes['perm'] as number[]).join() === '0,1,2,4,3';
  const isParting = [...x.shape.slice(0, 3), groups, members].join() === parting.outputs[0].shape.join();
  const isJoining = joining.outputs[0].shape.join() === x.shape.join();
  return x.shape.length === 4 && isExchange && isParting && isJoining ? { x, groups } : undefined;
}
