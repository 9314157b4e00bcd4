import { scalar, type NamedTensorMap, type TensorInfo, type Variable } from '@tensorflow/tfjs-core';
import { checkInputs } from '../../check-inputs';
import type { Graph } from '../../graph/graph';
import { checkLoss, checkUpdates } from '../../training/check-updates';
import type { StepOptions, TrainingExecutable } from '../../training/training-executable';
import type { VariableUpdate } from '../../training/variable-update';
import { nativeBackend } from '../native-backend';
import { NativeSession } from '../native-session';
import { planStep } from './plan-step';
import type { ResidentVariable } from './resident-variable';

/**
 * Loads a graph of a loss and its gradients into TensorFlow, by way of tfjs-node, with the optimizer's steps as a part of
 * it and the variables as TensorFlow's own: they stay there from step to step and are changed in place.
 *
 * @param updates  one for each variable that moves; their gradients are outputs of the graph, which then are not returned
 * @param loss     the output, a float32 scalar, that must be finite for a step to change anything; default: none
 * @throws CompileError when an update names no output of the graph or one of another shape than its variable, two change
 *   the same variable, the loss is none, and as `openTensorFlow`
 */
export async function openTensorFlowTraining(
  graph: Graph,
  updates: readonly VariableUpdate[],
  loss?: string,
): Promise<TrainingExecutable> {
  const backend = nativeBackend();
  checkUpdates(graph, updates);
  if (loss !== undefined) checkLoss(graph, loss);
  const { nodes, inputs, numbers, outputs, done, residents, changed } = planStep(graph, updates, loss);
  const session = new NativeSession(backend, nodes);
  const { binding } = backend;
  const fetches = [done, ...outputs.values()].map((node) => `${node}:0`);

  /** Those whose tf.Variable holds something else than when both were last the same. */
  function assignedAnew(): ResidentVariable[] {
    const ids = backend.getInputTensorIds(residents.map(({ variable }) => variable));
    return residents.filter(({ seen }, i) => seen !== ids[i]);
  }

  function see(some: readonly ResidentVariable[]): void {
    const ids = backend.getInputTensorIds(some.map(({ variable }) => variable));
    some.forEach((resident, i) => Object.assign(resident, { seen: ids[i], isAhead: false }));
  }

  function upload(): void {
    const anew = assignedAnew();
    if (anew.length === 0) return;
    const feeds = new Map<string, TensorInfo>(anew.map(({ initial, variable }) => [initial, variable]));
    const initialized = anew.map((resident) => `${resident.initialized}:0`);
    for (const { id } of session.run(feeds, initialized)) binding.deleteTensor(id);
    see(anew);
  }

  return {
    run: async (tensors: NamedTensorMap, options: StepOptions) => {
      nativeBackend();
      checkInputs(graph.inputs, tensors);
      upload();
      const scalars = [...numbers.valuesAt(options)].map(([node, value]) => [node, scalar(value)] as const);
      const given = [...inputs].map(([name, node]) => [node, tensors[name]] as const);
      try {
        const [{ id }, ...made] = session.run(new Map<string, TensorInfo>([...given, ...scalars]), fetches);
        binding.deleteTensor(id);
        for (const resident of changed) resident.isAhead = true;
        return Object.fromEntries([...outputs.keys()].map((name, i) => [name, backend.createOutputTensor(made[i])]));
      } finally {
        for (const [, value] of scalars) value.dispose();
      }
    },
    sync: async (variables?: readonly Variable[]) => {
      const wanted = variables && new Set(variables);
      const anew = new Set(assignedAnew());
      const ahead = changed.filter(
        (resident) => resident.isAhead && !anew.has(resident) && (wanted?.has(resident.variable) ?? true),
      );
      if (ahead.length === 0) return;
      const values = session.run(
        new Map(),
        ahead.map(({ value }) => `${value}:0`),
      );
      ahead.forEach(({ variable }, i) => {
        const value = backend.createOutputTensor(values[i]);
        variable.assign(value);
        value.dispose();
      });
      see(ahead);
    },
    discard: () => {
      for (const resident of residents) Object.assign(resident, { seen: undefined, isAhead: false });
    },
    dispose: async () => session.close(),
  };
}
