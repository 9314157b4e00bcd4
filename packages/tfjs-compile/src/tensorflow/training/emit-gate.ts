import type { GraphBuilder } from '../graph-builder';
import { intAttribute } from '../message/attribute';

/** Where a step begins to change variables, and where it ends. */
export interface Gate {
  /** A node that changes wait for. It is dead, and they with it, where the step does not take place. */
  readonly start: string;
  /** Something to fetch that is there once the changes are made, or left out. */
  done(changes: readonly string[]): string;
}

/**
 * Lets a step change variables only when all that is computed has been computed, so that one that fails changes none,
 * and only where its loss is finite. Control flow of TensorFlow's graphs: what waits for the dead output of a Switch does
 * not run (tensorflow/core/common_runtime/executor.cc).
 *
 * @param computed  nodes whose outputs the changes take
 * @param loss      a node that gives a float32 scalar
 */
export function emitGate(builder: GraphBuilder, computed: readonly string[], loss?: string): Gate {
  const wait = [...new Set(computed)].map((node) => `^${node.split(':')[0]}`);
  if (loss === undefined) {
    return { start: builder.add('NoOp', wait), done: (changes) => builder.after(changes) };
  }
  const isFinite = builder.addTyped('IsFinite', 'float32', [loss]);
  const branches = builder.addTyped('Switch', 'bool', [isFinite, isFinite]);
  const [closed, open] = [branches, `${branches}:1`].map((branch) => builder.addTyped('Identity', 'bool', [branch]));
  return {
    start: builder.add('NoOp', [`^${open}`, ...wait]),
    done: (changes) => builder.addTyped('Merge', 'bool', [builder.after(changes), closed], { N: intAttribute(2) }),
  };
}
