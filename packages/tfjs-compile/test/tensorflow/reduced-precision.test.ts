import * as tf from '@tensorflow/tfjs';
import { createModel } from '@pose/pose-models';
import { useEngine } from '@pose/tfjs-engine';
import {
  openTensorFlow,
  openTensorFlowTraining,
  optimize,
  reducePrecision,
  trace,
  type AdamUpdate,
} from '../../src/index';
import { expectEqual } from '../support/compare';
import { describeOnNative } from '../support/native';
import { randomProgram } from '../support/random-program';
import { eagerOutcome, outcomeOf } from '../support/run-program';
import { trainingFunction } from '../support/training-function';

describeOnNative('types of 16 bits in TensorFlow', () => {
  beforeAll(() => useEngine({ prefer: 'native' }));

  test.each([
    ['bfloat16', 8],
    ['float16', 11],
  ] as const)('random programs in %s compute what they do in float32, but for their %i bits', async (type, bits) => {
    for (let seed = 400; seed < 430; seed++) {
      const program = randomProgram(seed);
      const expected = await eagerOutcome(program);
      const executable = await openTensorFlow(reducePrecision(optimize(trace(program.fn, program.inputs)), type));
      const found = await outcomeOf(program.variables, () => executable.run(program.inputs));
      await executable.dispose();
      try {
        expectEqual(found, expected, 12 * 2 ** -bits);
      } catch (error) {
        throw new Error(`Seed ${seed}: ${(error as Error).message}`, { cause: error });
      }
      tf.dispose([found, expected]);
      program.dispose();
    }
  });

  /** PyTorch 2.13's autocast departs from its own float32 by 0.4 to 1.5 % within these steps of this network (three seeds). */
  test('20 steps of a ResNet with Adam in bfloat16 have the losses of float32, but for 1.5 %', async () => {
    const model = createModel('pose_resnet18', {
      ...{ inputSize: [64, 64], keypoints: 4, deconvFilters: [32, 32, 32], seed: 1 },
    });
    const { fn, inputs } = trainingFunction(model, 2);
    const graph = optimize(trace(fn, inputs));
    const trained = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const like = (variable: tf.Variable) => tf.variable(tf.zerosLike(variable));
    const losses: number[][] = [];
    for (const precision of ['float32', 'bfloat16'] as const) {
      const updates = trained.map((variable): AdamUpdate => ({
        ...{
          kind: 'adam',
          variable,
          gradient: variable.name,
          firstMoment: like(variable),
          secondMoment: like(variable),
        },
        ...{ beta1: 0.9, beta2: 0.999, epsilon: 1e-8, steps: 0 },
      }));
      const executable = await openTensorFlowTraining(reducePrecision(graph, precision), updates);
      const found: number[] = [];
      for (let step = 1; step <= 20; step++) {
        const { loss } = await executable.run(inputs, { learningRate: 1e-3, step });
        found.push(loss.dataSync()[0]);
      }
      losses.push(found);
      await executable.dispose(); // without a sync: the next one begins with the same weights
    }
    const [expected, found] = losses;
    found.forEach((loss, i) => expect(Math.abs(loss / expected[i] - 1)).toBeLessThan(0.015));
    expect(found[19]).toBeLessThan(found[0] * 0.9);
    expect(found).not.toEqual(expected);
    model.dispose();
  });
});
