import type { GraphBuilder } from '../graph-builder';
import { boolAttribute } from '../message/attribute';
import type { ResidentVariable } from './resident-variable';
import type { StepNumbers } from './step-numbers';
import type { VariableUpdate } from './variable-update';

/**
 * Adds the optimizer's op for one variable: ResourceApplyAdam, ResourceApplyMomentum or ResourceApplyGradientDescent.
 * It waits for all that reads the variable, so that it can work in place.
 *
 * @param variables  as `changedBy` lists them
 * @returns the node
 */
export function emitUpdate(
  builder: GraphBuilder,
  update: VariableUpdate,
  variables: readonly ResidentVariable[],
  gradient: string,
  numbers: StepNumbers,
): string {
  const handles = variables.map(({ handle }) => handle);
  const readers = variables.flatMap(({ value }) => [value, ...builder.consumersOf(value)]);
  const wait = [...new Set(readers)].map((node) => `^${node}`);
  const apply = (op: string, inputs: readonly string[], nesterov?: boolean) =>
    builder.addTyped(op, 'float32', [...handles, ...inputs, ...wait], {
      use_locking: boolAttribute(false),
      ...(nesterov !== undefined && { use_nesterov: boolAttribute(nesterov) }),
    });
  const { learningRate } = numbers;
  const scalar = (value: number) => builder.scalar(value, 'float32');
  switch (update.kind) {
    case 'adam': {
      const [beta1Power, beta2Power, epsilon] = numbers.adam(update);
      const decays = [scalar(update.beta1), scalar(update.beta2)];
      const inputs = [beta1Power, beta2Power, learningRate, ...decays, epsilon, gradient];
      return apply('ResourceApplyAdam', inputs, false);
    }
    case 'momentum': {
      const inputs = [learningRate, gradient, scalar(update.momentum)];
      return apply('ResourceApplyMomentum', inputs, update.nesterov);
    }
    case 'gradient-descent':
      return apply('ResourceApplyGradientDescent', [learningRate, gradient]);
  }
}
