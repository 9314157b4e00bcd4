import type { NamedTensorMap } from '@tensorflow/tfjs-core';
import { CompileError } from './compile-error';
import type { Value } from './graph/graph';

/** @throws CompileError when an input is missing, or of another shape or type than the graph's, or the graph has none of its name */
export function checkInputs(expected: ReadonlyMap<string, Value>, inputs: NamedTensorMap): void {
  const unknown = Object.keys(inputs).find((name) => !expected.has(name));
  if (unknown !== undefined) {
    throw new CompileError(
      `The graph has no input '${unknown}'. It has: ${[...expected.keys()].join(', ') || 'none'}.`,
    );
  }
  for (const [name, value] of expected) {
    const found = inputs[name] as NamedTensorMap[string] | undefined;
    if (found && describe(found) === describe(value)) continue;
    throw new CompileError(
      `Expected the input '${name}' to be ${describe(value)}, found ${found ? describe(found) : 'none'}. A graph takes ` +
        'the shapes that it was traced with: trace once more for others.',
    );
  }
}

const describe = ({ dtype, shape }: Value | NamedTensorMap[string]): string => `${dtype} [${shape.join(', ')}]`;
