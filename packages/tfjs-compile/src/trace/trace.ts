import {
  backend,
  engine,
  tidy,
  type NamedTensorMap,
  type Tensor,
  type TensorInfo,
  type Variable,
} from '@tensorflow/tfjs-core';
import { CompileError } from '../compile-error';
import type { Graph, ValueArray } from '../graph/graph';
import { isValueType, Recorder } from './recorder';
import { recordKernels } from './record-kernels';

/** A function that can be compiled: tensors and variables in, tensors out, both by name; variables may be assigned. */
export type TensorFunction = (inputs: NamedTensorMap) => NamedTensorMap;

/**
 * Runs a function once, on the active backend, and records the kernels that it calls. Its variables are then as before.
 * What most kernels give it meanwhile has a shape and no values: zeros, where something needs them.
 *
 * @param exampleInputs  any tensors of the shapes and types that the graph shall take
 * @returns its graph: inputs and outputs by the function's names, the variables that it reads and assigns, and, as
 *   constants, every other tensor that it made or found
 * @throws CompileError when what it does depends on a tensor's values (they are read), it draws random numbers, makes
 *   variables, or calls a kernel that overwrites its inputs; with the place
 */
export function trace(fn: TensorFunction, exampleInputs: NamedTensorMap): Graph {
  const variables = registeredVariables().filter(({ dtype }) => isValueType(dtype));
  const restore = variables.map(giveOwnData);
  try {
    let graph: Graph | undefined;
    tidy(() => {
      const inputs = Object.entries(exampleInputs).map(([name, tensor]) => [name, inputFrom(name, tensor)] as const);
      const recorder = new Recorder(variables, reader());
      for (const [name, input] of inputs) recorder.addInput(name, input);
      graph = recordKernels(
        (...call) => recorder.record(...call),
        () => withoutNewVariables(() => recorder.finish(namedTensors(fn(Object.fromEntries(inputs))))),
      );
    });
    return graph!;
  } finally {
    for (const undo of restore) undo();
  }
}

const registeredVariables = (): Variable[] => Object.values(engine().state.registeredVariables);

/**
 * Values are known by their data: a variable that shares its data, with a tensor that was assigned to it or with another
 * variable, gets a copy while the function runs.
 *
 * @returns what gives it back the data, and the value, that it has now
 */
function giveOwnData(variable: Variable): () => void {
  const { dataId } = variable;
  const isShared = backend().refCount(dataId) > 1;
  const value = variable.clone();
  if (isShared) tidy(() => variable.assign(copyOf(variable)));
  return () => {
    if (variable.dataId !== dataId) variable.assign(value);
    value.dispose();
  };
}

/** @throws CompileError for a type that graphs do not have */
function inputFrom(name: string, tensor: Tensor): Tensor {
  if (isValueType(tensor.dtype)) return copyOf(tensor);
  throw new CompileError(`Expected inputs of float32, int32 and bool, found "${name}" of ${tensor.dtype}.`);
}

/** A tensor that is sure not to share its data. */
function copyOf(tensor: Tensor): Tensor {
  const { shape, dtype } = tensor;
  return engine().makeTensor(tensor.dataSync().slice(), shape, dtype);
}

/** How to read a tensor while reads are forbidden to the function. */
function reader(): (tensor: TensorInfo) => ValueArray {
  const active = backend();
  const readSync = active.readSync.bind(active);
  return ({ dataId }) => (readSync(dataId) as ValueArray).slice();
}

function namedTensors(outputs: NamedTensorMap): NamedTensorMap {
  if (outputs instanceof Promise) {
    throw new CompileError('Expected a function that returns tensors by name, found one that returns a promise.');
  }
  return outputs;
}

/** @throws CompileError when something makes variables, which are then disposed of */
function withoutNewVariables<T>(run: () => T): T {
  const before = new Set(registeredVariables());
  const made = () => registeredVariables().filter((variable) => !before.has(variable));
  try {
    const result = run();
    const [first] = made();
    if (!first) return result;
    throw new CompileError(
      `The function makes the variable "${first.name}". Make it before: a graph keeps the values of variables from one ` +
        'run to the next, and makes none.',
    );
  } finally {
    for (const variable of made()) variable.dispose();
  }
}
