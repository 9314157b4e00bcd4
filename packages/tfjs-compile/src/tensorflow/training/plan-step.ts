import type { Variable } from '@tensorflow/tfjs-core';
import { neededValues } from '../../graph/edges';
import { resultsOf, type Graph, type Value } from '../../graph/graph';
import { StepNumbers } from '../../training/step-numbers';
import { changedBy, type VariableUpdate } from '../../training/variable-update';
import { emitGraph } from '../emit-graph';
import { GraphBuilder } from '../graph-builder';
import { typeAttribute } from '../message/attribute';
import { emitGate } from './emit-gate';
import { emitUpdate, readersOf } from './emit-update';
import { ResidentVariable } from './resident-variable';

/** A training step in TensorFlow's nodes, and which of them are fed and fetched. */
export interface StepPlan {
  readonly nodes: readonly Uint8Array[];
  /** Placeholders, by the graph's names. */
  readonly inputs: ReadonlyMap<string, string>;
  readonly numbers: StepNumbers<string>;
  /** By the graph's names, without the gradients. */
  readonly outputs: ReadonlyMap<string, string>;
  /** To fetch for the changes to take place. */
  readonly done: string;
  readonly residents: readonly ResidentVariable[];
  /** Those that a step changes. */
  readonly changed: readonly ResidentVariable[];
}

/**
 * @param loss  the output that must be finite for anything to change
 * @throws CompileError as `emitGraph` and for variables of types that TensorFlow does not keep
 */
export function planStep(graph: Graph, updates: readonly VariableUpdate[], loss?: string): StepPlan {
  const builder = new GraphBuilder();
  const wanted = resultsOf(graph);
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
  const gradients = new Set(updates.map(({ gradient }) => gradient));
  const outputs = new Map(
    [...graph.outputs]
      .filter(([name]) => !gradients.has(name))
      .map(([name, value]) => [name, builder.addTyped('Identity', value.dtype, [of(value)])]),
  );

  const numbers = new StepNumbers(() => builder.placeholder({ dtype: 'float32', shape: [] }));
  const { start, done } = emitGate(builder, wanted.map(of), loss === undefined ? undefined : outputs.get(loss));
  const changes = updates.map((update) => {
    const gradient = of(graph.outputs.get(update.gradient)!);
    return emitUpdate(builder, update, changedBy(update).map(residentOf), gradient, numbers, start);
  });
  const assigned = graph.variables.filter(({ after }) => after);
  for (const { variable, after } of assigned) {
    const { handle, value } = residentOf(variable);
    const wait = [...readersOf(builder, value), `^${start}`];
    changes.push(
      builder.add('AssignVariableOp', [handle, of(after!), ...wait], { dtype: typeAttribute(after!.dtype) }),
    );
  }
  const changed = [...updates.flatMap(changedBy), ...assigned.map(({ variable }) => variable)].map(residentOf);
  return {
    ...{ inputs, numbers, outputs, changed },
    ...{ done: done(changes), nodes: builder.nodes, residents: [...residents.values()] },
  };
}
