import { CompileError } from '../compile-error';
import type { Graph, Operation, Value, ValueArray } from '../graph/graph';
import { foldPadding } from '../passes/fold-padding';
import { foldPoolPadding } from '../passes/fold-pool-padding';
import { gatherShuffledChannels } from '../passes/gather-shuffled-channels';
import { nchwLayout, type LayoutOptions } from '../passes/nchw-layout';
import type { OnnxProvider } from './onnx-provider';
import { modelProto, type OnnxNode } from './onnx-proto';
import { OnnxWriter } from './onnx-writer';
import { OPERATORS } from './operators/operators';

/**
 * A graph as an ONNX model of standard operators, with the variables from outside: inputs `input_i`, `variable_i`,
 * outputs `output_i`, `assigned_i` (i counts the graph's inputs, variables and outputs).
 *
 * @returns the bytes of an .onnx file
 * @throws CompileError for a kernel that has no counterpart in ONNX, with its call's place
 */
export function emitOnnx(graph: Graph, provider: OnnxProvider = 'cpu'): Uint8Array {
  const variables = graph.variables.map(({ before }) => before);
  const inputs = [...numbered('input', graph.inputs.values()), ...numbered('variable', variables)];
  return emit(graph, new Map(inputs), new Map(modelOutputs(graph)), provider);
}

/** The outputs of `emitOnnx`'s model: the graph's, then what it assigns. */
export function modelOutputs({ outputs, variables }: Graph): [name: string, Value][] {
  const assigned = variables.flatMap(({ after }, i): [string, Value][] => (after ? [[`assigned_${i}`, after]] : []));
  return [...numbered('output', outputs.values()), ...assigned];
}

/**
 * A graph as an ONNX model of standard operators, for any tool that opens them: inputs and outputs under the graph's
 * own names, variables as constants of their present values. What the graph assigns is left out.
 *
 * @returns the bytes of an .onnx file
 * @throws CompileError for a kernel that has no counterpart in ONNX, with its call's place
 */
export function exportOnnx(graph: Graph): Uint8Array {
  const values = graph.variables.map(({ variable, before }) => [before, variable.dataSync() as ValueArray] as const);
  const constants = new Map([...graph.constants, ...values]);
  return emit({ ...graph, constants, variables: [] }, graph.inputs, graph.outputs, 'cpu');
}

/** On GPUs all training convolutions go by matrix products. */
const LAYOUTS: Readonly<Record<OnnxProvider, LayoutOptions>> = {
  cpu: {},
  webgpu: { mostColours: 0 },
  cuda: { mostColours: 0 },
};

function emit(
  graph: Graph,
  inputs: ReadonlyMap<string, Value>,
  outputs: ReadonlyMap<string, Value>,
  provider: OnnxProvider,
): Uint8Array {
  refuseBfloat16(graph);
  const onnx = new OnnxWriter(provider);
  for (const [name, value] of inputs) onnx.bind(value, name);
  const { operations, constants } = nchwLayout(
    gatherShuffledChannels(foldPoolPadding(foldPadding(graph))),
    LAYOUTS[provider],
  );
  for (const [value, array] of constants) onnx.bind(value, onnx.constant(value.dtype, value.shape, array));
  operations.forEach((operation, i) => {
    onnx.startOperation(`${operation.kernel}_${i}`);
    const names = [emitterOf(operation)(operation, onnx)].flat();
    operation.outputs.forEach((value, output) => onnx.bind(value, names[output]));
  });
  const nodes = [...onnx.nodes, ...outputNodes(outputs, onnx)];
  const used = new Set(nodes.flatMap((node) => node.inputs));
  const initializers = onnx.initializers.filter(({ name }) => used.has(name));
  return modelProto({ nodes, initializers, inputs, outputs });
}

function refuseBfloat16({ operations }: Graph): void {
  const operation = operations.find(({ outputs }) => outputs.some(({ dtype }) => dtype === 'bfloat16'));
  if (!operation) return;
  throw new CompileError(
    `Expected no bfloat16 in an ONNX model, found it in ${operation.kernel}: ONNX Runtime does not compute convolutions in ` +
      "it. Use the precision 'float16', or run the graph with TensorFlow.",
  );
}

function emitterOf({ kernel, callSite }: Operation) {
  const emitter = OPERATORS[kernel];
  if (!emitter) {
    throw new CompileError(
      `Kernel ${kernel}, called at ${callSite ?? 'an unknown place'}, has no counterpart in ONNX here. Use other ` +
        'operations there, or run the function uncompiled.',
    );
  }
  return emitter;
}

const numbered = (prefix: string, values: Iterable<Value>): [string, Value][] =>
  [...values].map((value, i) => [`${prefix}_${i}`, value]);

/** A graph's outputs have names of their own. */
function outputNodes(outputs: ReadonlyMap<string, Value>, onnx: OnnxWriter): OnnxNode[] {
  return [...outputs].map(([name, value]) => ({
    opType: 'Identity',
    name: `${name}/Identity`,
    inputs: [onnx.nameOf(value)],
    outputs: [name],
    attributes: {},
  }));
}
