import type { Variable } from '@tensorflow/tfjs-core';
import { CompileError } from '../compile-error';
import type { Graph } from '../graph/graph';
import { changedBy, type VariableUpdate } from './variable-update';

/** @throws CompileError when an update has no gradient of its variable's shape, or a variable is changed twice */
export function checkUpdates({ outputs, variables }: Graph, updates: readonly VariableUpdate[]): void {
  const changed = new Set<Variable>(variables.flatMap(({ variable, after }) => (after ? [variable] : [])));
  for (const update of updates) {
    const gradient = outputs.get(update.gradient);
    const { name } = update.variable;
    if (!gradient) {
      throw new CompileError(
        `The update of '${name}' takes the output '${update.gradient}', but the graph has none of that name. It has: ` +
          `${[...outputs.keys()].join(', ')}. Return the gradient from the traced function.`,
      );
    }
    for (const variable of changedBy(update)) {
      if (String(variable.shape) !== String(gradient.shape) || variable.dtype !== 'float32') {
        throw new CompileError(
          `Expected the variables of the update of '${name}' to be float32 [${gradient.shape.join(', ')}], as its ` +
            `gradient '${update.gradient}' is, found '${variable.name}' of ${variable.dtype} [${variable.shape.join(', ')}].`,
        );
      }
      if (changed.has(variable)) {
        throw new CompileError(
          `The variable '${variable.name}' is changed twice, by the update of '${name}' and by another or the graph ` +
            'itself. Leave one out.',
        );
      }
      changed.add(variable);
    }
  }
}

/** @throws CompileError when the graph has no output of that name that is a float32 scalar */
export function checkLoss({ outputs }: Graph, name: string): void {
  const found = outputs.get(name);
  if (found?.dtype === 'float32' && found.shape.length === 0) return;
  throw new CompileError(
    `Expected the loss '${name}' to be a float32 scalar among the outputs, found ` +
      (found ? `${found.dtype} [${found.shape.join(', ')}].` : `${[...outputs.keys()].join(', ')}.`),
  );
}
