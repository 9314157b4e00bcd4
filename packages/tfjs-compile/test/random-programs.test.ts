import { dispose } from '@tensorflow/tfjs-core';
import { optimize, trace, type Graph } from '../src';
import { dropDeadCode } from '../src/passes/drop-dead-code';
import { foldBatchNorm } from '../src/passes/fold-batch-norm';
import { foldConstants } from '../src/passes/fold-constants';
import { fuseBatchNormTrain } from '../src/passes/fuse-batch-norm-train';
import { fuseBatchNormTrainGrad } from '../src/passes/fuse-batch-norm-train-grad';
import { fuseBiasActivation } from '../src/passes/fuse-bias-activation';
import { mergeCommonSubexpressions } from '../src/passes/merge-common-subexpressions';
import { removeIdentities } from '../src/passes/remove-identities';
import { expectEqual } from './support/compare';
import { repeatTolerance, testEngine } from './support/engine';
import { interpret } from './support/interpret';
import { randomProgram, type RandomProgram } from './support/random-program';
import { eagerOutcome, outcomeOf } from './support/run-program';

const PASSES = {
  dropDeadCode,
  removeIdentities,
  foldConstants,
  mergeCommonSubexpressions,
  fuseBatchNormTrain,
  fuseBatchNormTrainGrad,
  foldBatchNorm,
  fuseBiasActivation,
};

beforeAll(testEngine);

test('graphs of random programs compute what the programs do, and nearly so when optimized', async () => {
  await forSeeds(0, 70, (program) => {
    const graph = trace(program.fn, program.inputs);
    const before = snapshot(graph);
    const optimized = optimize(graph);
    expect(snapshot(graph)).toEqual(before); // graphs are not changed
    expect(optimized.operations.length).toBeLessThanOrEqual(graph.operations.length);
    return [
      [graph, repeatTolerance()],
      [optimized, 1e-5],
    ];
  });
});

test('each pass leaves the results of random programs', async () => {
  await forSeeds(100, 130, (program) => {
    const graph = trace(program.fn, program.inputs);
    return Object.values(PASSES).map((pass) => [pass(graph), 1e-5] as const);
  });
});

type Candidate = readonly [graph: Graph, tolerance: number];

/** Expects the graphs to compute what the program does, of every seed. */
async function forSeeds(from: number, to: number, graphsOf: (program: RandomProgram) => readonly Candidate[]) {
  for (let seed = from; seed < to; seed++) {
    const program = randomProgram(seed);
    const expected = await eagerOutcome(program);
    for (const [graph, tolerance] of graphsOf(program)) {
      const found = await outcomeOf(program.variables, () => interpret(graph, program.inputs));
      try {
        expectEqual(found, expected, tolerance);
      } catch (error) {
        throw new Error(`Seed ${seed}: ${(error as Error).message}`, { cause: error });
      }
      dispose(found);
    }
    dispose(expected);
    program.dispose();
  }
}

const snapshot = ({ operations, constants, outputs, variables, inputs }: Graph) => [
  operations.map(({ kernel, inputs, attributes }) => [kernel, Object.keys(inputs), JSON.stringify(attributes)]),
  [constants.size, outputs.size, variables.length, inputs.size],
];
