import { engine, tidy, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';
import type { Graph, Operation, Value } from '../../src';
import { isReduced, tensorType } from '../../src/graph/graph';
import { runOperation } from '../../src/passes/run-operation';
import { roundTo } from './round-to';

/**
 * Runs a graph eagerly on the active backend, one kernel after the other, on the variables' present values, and assigns
 * the variables that it assigns. What has 16 bits is computed in float32 and rounded.
 *
 * @returns the outputs by name, for the caller to dispose of
 */
export function interpret(graph: Graph, inputs: NamedTensorMap): NamedTensorMap {
  return tidy(() => {
    const tensors = new Map<Value, Tensor>();
    const tensorOf = (value: Value): Tensor => {
      const tensor = tensors.get(value);
      if (!tensor) throw new Error(`The value of shape [${value.shape}] is used before it is there.`);
      return tensor;
    };
    for (const [name, value] of graph.inputs) tensors.set(value, inputs[name]);
    for (const { variable, before } of graph.variables) tensors.set(before, variable.clone());
    for (const [value, data] of graph.constants) {
      tensors.set(value, engine().makeTensor(data.slice(), [...value.shape], tensorType(value)));
    }
    for (const operation of graph.operations) {
      const given = Object.entries(operation.inputs).map(([name, value]) => [name, tensorOf(value)] as const);
      const made = isCast(operation) ? given.map(([, x]) => x) : runOperation(operation, Object.fromEntries(given));
      operation.outputs.forEach((value, i) => tensors.set(value, rounded(made[i], value, operation.kernel)));
    }
    const after = graph.variables.flatMap(({ variable, after: value }) =>
      value ? [{ variable, value: tensorOf(value) }] : [],
    );
    for (const { variable, value } of after) variable.assign(value);
    return Object.fromEntries([...graph.outputs].map(([name, value]) => [name, tensorOf(value).clone()]));
  });
}

/** Whether an operation casts from or to a type of 16 bits. */
const isCast = ({ kernel, inputs, outputs }: Operation): boolean =>
  kernel === 'Cast' && [inputs['x'], outputs[0]].some(({ dtype }) => isReduced(dtype));

function rounded(tensor: Tensor, { shape, dtype }: Value, kernel: string): Tensor {
  if (!isReduced(dtype)) return checked(tensor, { shape, dtype }, kernel);
  const values = tensor.dataSync<'float32'>().map((value) => roundTo(dtype, value));
  return checked(engine().makeTensor(values, tensor.shape, 'float32'), { shape, dtype: 'float32' }, kernel);
}

function checked(tensor: Tensor, { shape, dtype }: Value, kernel: string): Tensor {
  if (`${tensor.shape}` === `${shape}` && tensor.dtype === dtype) return tensor;
  throw new Error(`${kernel} gave [${tensor.shape}] ${tensor.dtype}, not [${shape}] ${dtype}.`);
}
