import type { StepNumbers } from '../../training/step-numbers';
import type { AdamUpdate, VariableUpdate } from '../../training/variable-update';
import type { GraphBuilder } from '../graph-builder';
import { boolAttribute, typeAttribute } from '../message/attribute';
import type { ResidentVariable } from './resident-variable';

/**
 * Adds the optimizer's op for one variable: ResourceApplyAdam, ResourceApplyMomentum or ResourceApplyGradientDescent.
 * It waits for all that reads the variable, so that it can work in place.
 *
 * @param variables  as `changedBy` lists them
 * @param start      a node that it waits for as well
 * @returns the node
 */
export function emitUpdate(
  builder: GraphBuilder,
  update: VariableUpdate,
  variables: readonly ResidentVariable[],
  gradient: string,
  numbers: StepNumbers<string>,
  start: string,
): string {
  const handles = variables.map(({ handle }) => handle);
  const wait = [...new Set([...variables.flatMap(({ value }) => readersOf(builder, value)), `^${start}`])];
  const apply = (op: string, inputs: readonly string[], nesterov?: boolean) =>
    builder.addTyped(op, 'float32', [...handles, ...inputs, ...wait], {
      use_locking: boolAttribute(false),
      ...(nesterov !== undefined && { use_nesterov: boolAttribute(nesterov) }),
    });
  const { learningRate } = numbers;
  const scalar = (value: number) => builder.scalar(value, 'float32');
  switch (update.kind) {
    case 'adam': {
      const [{ handle, value }] = variables;
      if (update.weightDecay) {
        const shrunk = builder.addTyped('Mul', 'float32', [value, numbers.shrinkage(update.weightDecay)]);
        const dtype = typeAttribute('float32');
        wait.push(`^${builder.add('AssignVariableOp', [handle, shrunk, ...wait], { dtype })}`);
      }
      const [beta1Power, beta2Power, epsilon] = adamNumbers(update, numbers);
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

/** beta1 and beta2 to the power of the step, and the epsilon of TensorFlow. */
function adamNumbers({ beta1, beta2, epsilon, steps }: AdamUpdate, numbers: StepNumbers<string>): readonly string[] {
  return numbers.shared(`adam ${[beta1, beta2, epsilon, steps].join()}`, ({ step }) => {
    const power = beta2 ** (steps + step);
    // TensorFlow adds epsilon to the uncorrected root of the second moment, PyTorch to the corrected one.
    return [beta1 ** (steps + step), power, epsilon * Math.sqrt(1 - power)];
  });
}

/** Waits for a variable's value, and for the nodes so far that take it. */
export const readersOf = (builder: GraphBuilder, value: string): string[] =>
  [value, ...builder.consumersOf(value)].map((node) => `^${node}`);
