import type { Operation, Value } from '../../graph/graph';
import type { GraphBuilder } from '../graph-builder';

/** Where the nodes of a graph of kernels go while they are made. */
export interface Emission {
  readonly builder: GraphBuilder;
  /** The node's output that holds a value. */
  of(value: Value): string;
  /** What a batch norm keeps for its gradient, by the mean that it gave. */
  readonly batchNormReserves: Map<Value, readonly string[]>;
}

/**
 * Adds the TensorFlow ops of one kernel to the graph.
 *
 * @returns what holds its outputs, in their order
 */
export type Emit = (operation: Operation, emission: Emission) => string | readonly string[];

/** The values of a kernel that takes a list: JavaScript keeps names that are whole numbers in their order. */
export const listOf = ({ inputs }: Operation): Value[] => Object.values(inputs);
