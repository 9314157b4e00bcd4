import { scalar, type NamedTensorMap, type TensorInfo, type Variable } from '@tensorflow/tfjs-core';
import { neededValues } from '../../graph/edges';
import type { Graph, Value } from '../../graph/graph';
import { checkInputs } from '../check-inputs';
import { emitGraph } from '../emit-graph';
import { GraphBuilder } from '../graph-builder';
import { typeAttribute } from '../message/attribute';
import { nativeBackend } from '../native-backend';
import { NativeSession } from '../native-session';
import { checkUpdates } from './check-updates';
import { emitUpdate } from './emit-update';
import { ResidentVariable } from './resident-variable';
import { StepNumbers } from './step-numbers';
import type { TrainingExecutable } from './training-executable';
import { changedBy, type VariableUpdate } from './variable-update';

/**
 * Loads a graph of a loss and its gradients into TensorFlow, by way of tfjs-node, with the optimizer's steps as a part of
 * it and the variables as TensorFlow's own: they stay there from step to step and are changed in place.
 *
 * @param updates  one for each variable that moves; their gradients are outputs of the graph, which then are not returned
 * @throws CompileError when an update names no output of the graph or one of another shape than its variable, two change
 *   the same variable, and as `openTensorFlow`
 */
export async function openTensorFlowTraining(
  graph: Graph,
  updates: readonly VariableUpdate[],
): Promise<TrainingExecutable> {
  const backend = nativeBackend();
  checkUpdates(graph, updates);
  const plan = planStep(graph, updates);
  const session = new NativeSession(backend, plan.builder.nodes);
  const { binding } = backend;
  let steps = 0;

  function upload(): void {
    const changed = plan.residents.filter(({ variable, seen }) => variable.dataId !== seen);
    if (changed.length === 0) return;
    const feeds = new Map<string, TensorInfo>(changed.map(({ initial, variable }) => [initial, variable]));
    for (const { id } of session.run(
      feeds,
      changed.map(({ initialized }) => `${initialized}:0`),
    ))
      binding.deleteTensor(id);
    for (const resident of changed) resident.seen = resident.variable.dataId;
  }

  return {
    get steps() {
      return steps;
    },
    run: async (tensors: NamedTensorMap, learningRate: number) => {
      nativeBackend();
      checkInputs(graph.inputs, tensors);
      upload();
      const numbers = [...plan.numbers.valuesAt(steps + 1, learningRate)].map(
        ([node, value]) => [node, scalar(value)] as const,
      );
      const inputs = [...plan.inputs].map(([name, node]) => [node, tensors[name]] as const);
      try {
        const feeds = new Map<string, TensorInfo>([...inputs, ...numbers]);
        const [done, ...outputs] = session.run(
          feeds,
          [plan.done, ...plan.outputs.values()].map((node) => `${node}:0`),
        );
        steps++;
        binding.deleteTensor(done.id);
        return Object.fromEntries(
          [...plan.outputs.keys()].map((name, i) => [name, backend.createOutputTensor(outputs[i])]),
        );
      } finally {
        for (const [, number] of numbers) number.dispose();
      }
    },
    sync: async () => {
      const current = plan.changed.filter(({ variable, seen }) => variable.dataId === seen);
      if (steps === 0 || current.length === 0) return;
      const values = session.run(
        new Map(),
        current.map(({ value }) => `${value}:0`),
      );
      current.forEach((resident, i) => {
        const value = backend.createOutputTensor(values[i]);
        resident.variable.assign(value);
        resident.seen = resident.variable.dataId;
        value.dispose();
      });
    },
    dispose: async () => session.close(),
  };
}

/** The graph of a step in TensorFlow's nodes. */
function planStep(graph: Graph, updates: readonly VariableUpdate[]) {
  const builder = new GraphBuilder();
  const gradients = new Set(updates.map(({ gradient }) => gradient));
  const assigned = graph.variables.flatMap(({ variable, after }) => (after ? [{ variable, after }] : []));
  const wanted = [...graph.outputs.values(), ...assigned.map(({ after }) => after)];
  const needed = neededValues(graph, wanted);
  const inputs = new Map([...graph.inputs].map(([name, value]) => [name, builder.placeholder(value)]));

  const residents = new Map<Variable, ResidentVariable>();
  const residentOf = (variable: Variable): ResidentVariable => {
    const resident = residents.get(variable) ?? new ResidentVariable(builder, variable, residents.size);
    residents.set(variable, resident);
    return resident;
  };
  const given = new Map<Value, string>([...graph.inputs].map(([name, value]) => [value, inputs.get(name)!]));
  for (const { variable, before } of graph.variables) {
    if (needed.has(before)) given.set(before, residentOf(variable).value);
  }
  const of = emitGraph(builder, graph, wanted, given);
  const returned = [...graph.outputs].filter(([name]) => !gradients.has(name));
  const outputs = new Map(
    returned.map(([name, value]) => [name, builder.addTyped('Identity', value.dtype, [of(value)])]),
  );

  const numbers = new StepNumbers(builder);
  const changes = updates.map((update) => {
    const gradient = of(graph.outputs.get(update.gradient)!);
    return emitUpdate(builder, update, changedBy(update).map(residentOf), gradient, numbers);
  });
  for (const { variable, after } of assigned) {
    const { handle, value } = residentOf(variable);
    const wait = [value, ...builder.consumersOf(value)].map((node) => `^${node}`);
    changes.push(builder.add('AssignVariableOp', [handle, of(after), ...wait], { dtype: typeAttribute(after.dtype) }));
  }
  const changed = [...updates.flatMap(changedBy), ...assigned.map(({ variable }) => variable)].map(residentOf);
  return {
    builder,
    inputs,
    outputs,
    numbers,
    residents: [...residents.values()],
    changed,
    done: builder.after(changes),
  };
}
