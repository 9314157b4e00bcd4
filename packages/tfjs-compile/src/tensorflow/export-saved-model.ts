import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CompileError, messageOf } from '../compile-error';
import { neededValues } from '../graph/edges';
import { tensorType, type Graph, type Value, type ValueArray } from '../graph/graph';
import { emitGraph } from './emit-graph';
import { GraphBuilder } from './graph-builder';
import { savedModelMessage } from './message/saved-model-message';

/**
 * Writes a graph as a SavedModel, for TensorFlow, TensorFlow Serving and the converters that read one. Its signature
 * `serving_default` has the graph's inputs and outputs, by their names; the variables are written as constants, with the
 * values that they have now.
 *
 * @param folder  to make; the folder that it is in must be there or is made as well
 * @throws CompileError when the graph assigns variables (trace the network without training), a kernel has no
 *   counterpart in TensorFlow, or the folder is there already or cannot be written; nothing is left behind then
 */
export function exportSavedModel(graph: Graph, folder: string): void {
  const assigned = graph.variables.find(({ after }) => after)?.variable;
  if (assigned) {
    throw new CompileError(
      `Expected a graph that leaves its variables alone, found one that assigns '${assigned.name}'. Trace the network ` +
        'as it is used to predict: model.predict(x), or model.apply(x, { training: false }).',
    );
  }
  write(savedModelOf(graph), resolve(folder));
}

function savedModelOf(graph: Graph): Uint8Array {
  const builder = new GraphBuilder();
  const needed = neededValues(graph, graph.outputs.values());
  const given = new Map([...graph.inputs.values()].map((value) => [value, builder.placeholder(value)]));
  for (const { variable, before } of graph.variables) {
    if (needed.has(before))
      given.set(before, builder.constant(variable.dataSync() as ValueArray, tensorType(before), before.shape));
  }
  const of = emitGraph(builder, graph, graph.outputs.values(), given);
  const tensorOf = (value: Value, node: string) => ({ ...value, tensor: `${node}:0` });
  const inputs = [...graph.inputs].map(([name, value]) => [name, tensorOf(value, of(value))] as const);
  const outputs = [...graph.outputs].map(([name, value]) => {
    return [name, tensorOf(value, builder.addTyped('Identity', value.dtype, [of(value)]))] as const;
  });
  return savedModelMessage(builder.nodes, { inputs: new Map(inputs), outputs: new Map(outputs) });
}

/** Under another name until it is whole. */
function write(model: Uint8Array, folder: string): void {
  let partial: string | undefined;
  try {
    mkdirSync(dirname(folder), { recursive: true });
    partial = mkdtempSync(`${folder}.partial-`);
    writeFileSync(join(partial, 'saved_model.pb'), model);
    renameSync(partial, folder);
  } catch (cause) {
    if (partial) rmSync(partial, { recursive: true, force: true });
    throw new CompileError(
      `Expected to write a SavedModel to a new folder ${folder}, but failed: ${messageOf(cause)}`,
      {
        cause,
      },
    );
  }
}
