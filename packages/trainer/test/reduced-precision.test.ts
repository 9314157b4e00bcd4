import * as tf from '@tensorflow/tfjs-core';
import type { Precision } from '@pose/tfjs-compile';
import { Adam } from '../src/optimizer/adam';
import { constantRate } from '../src/schedule/constant-rate';
import type { CompileMode } from '../src/gradients/compile-mode';
import { testEngine } from './engine';
import { temporaryFolder } from './temporary-folder';
import {
  expectResumes,
  readLast,
  tinyModel,
  tinyPhase,
  tinyTask,
  trainTiny,
  type TinyOptions,
  type TinyTask,
} from './tiny-training';

const file = temporaryFolder();
beforeAll(testEngine);

const isNative = process.env.POSE_ENGINE === 'native';
/** The runtime that suits the engine under test, and what it computes in. */
const compile: CompileMode = isNative ? 'tensorflow' : 'onnx';
const PRECISIONS: readonly Precision[] = isNative ? ['bfloat16', 'float16'] : ['float16'];

const lossesOf = ({ log }: Awaited<ReturnType<typeof trainTiny>>): number[] =>
  log.filter((entry) => entry.event === 'step').map(({ loss }) => loss);

/** With a loss so large that its gradients overflow in float16, by `factor`. */
const magnified = (factor: number): TinyTask => {
  const task = tinyTask();
  return { ...task, loss: (...args) => ({ perSample: tf.mul(task.loss(...args).perSample, factor) }) };
};

/** Steps that none of the weights survives unmoved. */
const largeSteps = () => [tinyPhase({ optimizer: () => new Adam(), schedule: () => constantRate(0.01) })];

describe.each(PRECISIONS)('in %s', (precision) => {
  const options = (): Partial<TinyOptions> => ({ compile, precision });

  test('twenty steps have the losses of float32, but for 2 %, the last smaller batch too', async () => {
    const phases = [tinyPhase({ epochs: 5 })];
    const [wide, narrow] = [
      await trainTiny(file(`wide-${precision}`), { phases, compile }),
      await trainTiny(file(`narrow-${precision}`), { phases, ...options() }),
    ];
    expect(narrow.lines.join('\n')).not.toContain('op by op');
    const [expected, found] = [lossesOf(wide), lossesOf(narrow)];
    expect(found).toHaveLength(20);
    found.forEach((loss, i) => expect(Math.abs(loss / expected[i] - 1)).toBeLessThan(0.02));
    expect(found).not.toEqual(expected);
  });

  test('a run goes on as if it had not stopped', async () => {
    const { lines } = await expectResumes(
      file(`stopped-${precision}`),
      () => ({ ...options(), averageDecay: 0.3 }),
      [3],
    );
    expect(lines.join('\n')).not.toContain('op by op');
  });
});

describe('the loss scale of float16', () => {
  const weightsOf = (model: ReturnType<typeof tinyModel>) =>
    model.trainableWeights.map((weight) => [...weight.read().dataSync()]);

  test.each([1, 2])('goes down while gradients overflow, and no weight moves (accumulate %i)', async (accumulate) => {
    const model = tinyModel();
    const before = weightsOf(model);
    const moved: boolean[] = [];
    const hooks = [{ onStep: () => void moved.push(JSON.stringify(weightsOf(model)) !== JSON.stringify(before)) }];
    const out = file(`overflow-${accumulate}`);
    const task = magnified(1000);
    // Six samples: three whole batches an epoch.
    const data = tinyTask({ samples: 6 }).data;
    const phases = [tinyPhase({ ...largeSteps()[0], epochs: 3 })];
    const run = await trainTiny(out, {
      ...{ compile, precision: 'float16', model, hooks, accumulate, phases, task: { ...task, data } },
    });
    expect(run.lines.join('\n')).not.toContain('op by op');
    const first = moved.indexOf(true);
    expect(first).toBeGreaterThan(0); // some overflowed
    expect(moved.slice(first)).not.toContain(false);
    const { state } = await readLast(out);
    expect(state.lossScale).toEqual({ scale: 2 ** (16 - first), steps: moved.length - first });
    expect(weightsOf(model).flat().every(Number.isFinite)).toBe(true);
    model.dispose();
  });

  test('is a part of checkpoints', async () => {
    const options = { accumulate: 2, clipNorm: 0.5, compile, precision: 'float16' } as const;
    await expectResumes(file('scale'), () => ({ ...options, task: magnified(1000) }), [1]);
  });

  test('keeps no tensors from step to step', async () => {
    const [model, task] = [tinyModel(), tinyTask()];
    const tensors = tf.memory().numTensors;
    const kept = new Set<number>();
    const hooks = [{ onStep: () => void kept.add(tf.memory().numTensors) }];
    await trainTiny(file('kept'), { compile, precision: 'float16', model, hooks, task });
    expect(kept.size).toBe(1);
    expect(tf.memory().numTensors).toBe(tensors);
    model.dispose();
  });
});

test('what cannot be is refused', async () => {
  const refusals: [Partial<TinyOptions>, string][] = [
    [
      { precision: 'bfloat16' },
      "expected float32 where batches run op by op, found bfloat16. Let them run compiled: compile 'auto'.",
    ],
    [{ precision: 'bfloat16', compile: 'onnx' }, "expected float32 or float16 with compile 'onnx', found bfloat16"],
    [{ precision: 'tf32' as Precision, compile }, 'expected one of float32, bfloat16, float16, found tf32.'],
  ];
  for (const [options, message] of refusals) {
    await expect(trainTiny(file('refused'), options)).rejects.toThrow(`precision: ${message}`);
  }
});
