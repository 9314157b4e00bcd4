import { dispose, tidy, type NamedTensorMap, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import type { RandomProgram } from './random-program';

/**
 * Runs something, and gives its outputs and, by `variable0`..., the variables' values after it. The variables are then as
 * before.
 */
export async function outcomeOf(
  variables: readonly Variable[],
  run: () => NamedTensorMap | Promise<NamedTensorMap>,
): Promise<NamedTensorMap> {
  const before = variables.map((variable) => variable.clone());
  const outputs = await run();
  const after = variables.map((variable, i) => [`variable${i}`, variable.clone() as Tensor] as const);
  variables.forEach((variable, i) => variable.assign(before[i]));
  dispose(before);
  return { ...outputs, ...Object.fromEntries(after) };
}

/** What the program itself does: the reference for its graph. */
export const eagerOutcome = ({ fn, inputs, variables }: RandomProgram): Promise<NamedTensorMap> =>
  outcomeOf(variables, () => tidy(() => fn(inputs)));
