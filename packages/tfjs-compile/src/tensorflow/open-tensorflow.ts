import type { NamedTensorMap, TensorInfo } from '@tensorflow/tfjs-core';
import { checkInputs } from '../check-inputs';
import type { Executable } from '../executable';
import { neededValues } from '../graph/edges';
import { resultsOf, type Graph } from '../graph/graph';
import { emitGraph } from './emit-graph';
import { GraphBuilder } from './graph-builder';
import { nativeBackend } from './native-backend';
import { NativeSession } from './native-session';

/**
 * Loads a graph into TensorFlow, by way of tfjs-node. Variables go in and come out with each run, without a copy where
 * TensorFlow computes on the CPU.
 *
 * @throws CompileError when the active backend is not 'tensorflow', a kernel has no counterpart in TensorFlow (with the
 *   place where it was called), or TensorFlow refuses the graph
 */
export async function openTensorFlow(graph: Graph): Promise<Executable> {
  const backend = nativeBackend();
  const builder = new GraphBuilder();
  const results = resultsOf(graph);
  const needed = neededValues(graph, results);
  const inputs = [...graph.inputs].map(([name, value]) => ({ name, value, node: builder.placeholder(value) }));
  const variables = graph.variables
    .filter(({ before }) => needed.has(before))
    .map(({ variable, before }) => ({ variable, value: before, node: builder.placeholder(before) }));
  const of = emitGraph(
    builder,
    graph,
    results,
    new Map([...inputs, ...variables].map(({ value, node }) => [value, node])),
  );
  const fetches = results.map((value) => `${builder.addTyped('Identity', value.dtype, [of(value)])}:0`);
  const session = new NativeSession(backend, builder.nodes);
  const assigned = graph.variables.filter(({ after }) => after);

  return {
    run: async (tensors: NamedTensorMap) => {
      nativeBackend();
      checkInputs(graph.inputs, tensors);
      const feeds = new Map<string, TensorInfo>([
        ...inputs.map(({ name, node }) => [node, tensors[name]] as const),
        ...variables.map(({ variable, node }) => [node, variable] as const),
      ]);
      const made = session.run(feeds, fetches).map((tensor) => backend.createOutputTensor(tensor));
      const outputs = made.splice(0, graph.outputs.size);
      assigned.forEach(({ variable }, i) => {
        variable.assign(made[i]);
        made[i].dispose();
      });
      return Object.fromEntries([...graph.outputs.keys()].map((name, i) => [name, outputs[i]]));
    },
    dispose: async () => session.close(),
  };
}
