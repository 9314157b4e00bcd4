import type { Graph, GraphVariable, Operation, Value, ValueArray } from '../graph/graph';
import { StepNumbers } from './step-numbers';
import { changedBy, type AdamUpdate, type MomentumUpdate, type VariableUpdate } from './variable-update';

export interface GraphWithUpdates {
  /** It assigns what the updates change, and has the step's numbers among its inputs; gradients are no outputs of it. */
  readonly graph: Graph;
  readonly numbers: StepNumbers<string>;
}

/** A graph with the optimizer's steps as kernels in it, for a runtime that has no optimizers of its own. */
export function withUpdates(graph: Graph, updates: readonly VariableUpdate[]): GraphWithUpdates {
  const inputs = new Map(graph.inputs);
  const numbers = new StepNumbers(() => {
    const name = `step/${inputs.size}`;
    inputs.set(name, { shape: [], dtype: 'float32' });
    return name;
  });
  const kernels = new Kernels();
  const variables = new Map(graph.variables.map((own) => [own.variable, own]));
  for (const update of updates) {
    const own = changedBy(update).map(
      (variable): GraphVariable =>
        variables.get(variable) ?? { variable, before: { shape: variable.shape, dtype: 'float32' } },
    );
    const before = own.map((variable) => variable.before);
    const gradient = graph.outputs.get(update.gradient)!;
    const after = updated(update, before, gradient, kernels, numbers, (name) => inputs.get(name)!);
    own.forEach((variable, i) => variables.set(variable.variable, { ...variable, after: after[i] }));
  }
  const gradients = new Set(updates.map(({ gradient }) => gradient));
  return {
    numbers,
    graph: {
      inputs,
      variables: [...variables.values()],
      constants: new Map([...graph.constants, ...kernels.constants]),
      operations: [...graph.operations, ...kernels.operations],
      outputs: new Map([...graph.outputs].filter(([name]) => !gradients.has(name))),
    },
  };
}

/** What the update's variables hold afterwards, in the order of `changedBy`. */
function updated(
  update: VariableUpdate,
  before: readonly Value[],
  gradient: Value,
  kernels: Kernels,
  numbers: StepNumbers<string>,
  input: (name: string) => Value,
): Value[] {
  const rate = input(numbers.learningRate);
  switch (update.kind) {
    case 'adam':
      return adam(update, before, gradient, kernels, numbers, input);
    case 'momentum':
      return momentum(update, before, gradient, kernels, rate);
    case 'gradient-descent':
      return [kernels.sub(before[0], kernels.multiply(gradient, rate))];
  }
}

function adam(
  { beta1, beta2, epsilon, steps, weightDecay }: AdamUpdate,
  [variable, first, second]: readonly Value[],
  gradient: Value,
  kernels: Kernels,
  numbers: StepNumbers<string>,
  input: (name: string) => Value,
): Value[] {
  const corrections = numbers.shared(`adam ${[beta1, beta2, steps].join()}`, ({ learningRate, step }) => [
    learningRate / (1 - beta1 ** (steps + step)),
    1 / Math.sqrt(1 - beta2 ** (steps + step)),
  ]);
  const [stepSize, correction] = corrections.map(input);
  const scalar = (value: number): Value => kernels.scalar(value);
  const mean = (moment: Value, beta: number, next: Value): Value =>
    kernels.add(kernels.multiply(moment, scalar(beta)), kernels.multiply(next, scalar(1 - beta)));
  const firstAfter = mean(first, beta1, gradient);
  const secondAfter = mean(second, beta2, kernels.multiply(gradient, gradient));
  const root = kernels.multiply(kernels.sqrt(secondAfter), correction);
  const slope = kernels.divide(firstAfter, kernels.add(root, scalar(epsilon)));
  const shrunk = weightDecay ? kernels.multiply(variable, input(numbers.shrinkage(weightDecay))) : variable;
  return [kernels.sub(shrunk, kernels.multiply(slope, stepSize)), firstAfter, secondAfter];
}

function momentum(
  { momentum: factor, nesterov }: MomentumUpdate,
  [variable, velocity]: readonly Value[],
  gradient: Value,
  kernels: Kernels,
  rate: Value,
): Value[] {
  const kept = (value: Value): Value => kernels.multiply(value, kernels.scalar(factor));
  const velocityAfter = kernels.add(kept(velocity), gradient);
  const slope = nesterov ? kernels.add(gradient, kept(velocityAfter)) : velocityAfter;
  return [kernels.sub(variable, kernels.multiply(slope, rate)), velocityAfter];
}

/** Elementwise kernels, the second input of the first one's shape or a scalar. */
class Kernels {
  readonly operations: Operation[] = [];
  readonly constants = new Map<Value, ValueArray>();
  readonly #scalars = new Map<number, Value>();

  readonly add = (a: Value, b: Value): Value => this.#call('Add', { a, b }, a);
  readonly sub = (a: Value, b: Value): Value => this.#call('Sub', { a, b }, a);
  readonly multiply = (a: Value, b: Value): Value => this.#call('Multiply', { a, b }, a);
  readonly divide = (a: Value, b: Value): Value => this.#call('RealDiv', { a, b }, a);
  readonly sqrt = (x: Value): Value => this.#call('Sqrt', { x }, x);

  scalar(value: number): Value {
    const scalar = this.#scalars.get(value) ?? { shape: [], dtype: 'float32' };
    this.#scalars.set(value, scalar);
    this.constants.set(scalar, Float32Array.of(value));
    return scalar;
  }

  #call(kernel: string, inputs: Operation['inputs'], { shape, dtype }: Value): Value {
    const output: Value = { shape, dtype };
    this.operations.push({ kernel, inputs, attributes: {}, outputs: [output] });
    return output;
  }
}
