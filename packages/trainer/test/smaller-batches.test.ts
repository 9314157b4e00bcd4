import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Runtime } from '@pose/tfjs-compile';
import type { CompileMode } from '../src/gradients/compile-mode';
import { CompiledPass } from '../src/gradients/compiled-pass';
import { CompiledStep } from '../src/gradients/compiled-step';
import { Gradients } from '../src/gradients/gradients';
import { Adam } from '../src/optimizer/adam';
import type { TrainingHooks } from '../src/training-hooks';
import { testEngine } from './engine';
import { OUT_OF_MEMORY, withoutMemoryFor } from './out-of-memory';
import { tinyBatch, tinyModel, tinyPhase, tinyTask, type TinyTask } from './tiny-training';

const { hypot, max, abs } = Math;

beforeAll(testEngine);

/** The runtime that suits the engine under test. */
const ofEngine: Runtime = process.env.POSE_ENGINE === 'native' ? 'tensorflow' : 'onnx';
/** A GPU's, where the environment names one. */
const gpu = process.env['ONNX_RUNTIME'] as Runtime | undefined;

const undo: (() => void)[] = [];
afterEach(() => {
  jest.restoreAllMocks();
  for (const end of undo.splice(0)) end();
});
const withoutMemory = (images: number) => undo.push(withoutMemoryFor(images));

/**
 * Which graphs were made, by the sizes of their batches, how many freed, and how many batches went through them. Where there
 * is no GPU, the CPU stands in for it.
 */
function watchGraphs() {
  const classes = [CompiledStep, CompiledPass] as const;
  const runs = classes.map(({ prototype }) => jest.spyOn(prototype, 'run'));
  const freed = classes.map(({ prototype }) => jest.spyOn(prototype, 'dispose'));
  const callsOf = (spies: readonly jest.SpyInstance[]) => spies.reduce((sum, { mock }) => sum + mock.calls.length, 0);
  const sizes: number[] = [];
  const { compile } = CompiledStep;
  jest.spyOn(CompiledStep, 'compile').mockImplementation((model, objective, optimizer, batch, options) => {
    sizes.push(batch.items.length);
    const runtime = !gpu && options?.runtime === 'onnx-webgpu' ? 'onnx' : options?.runtime;
    return compile.call(CompiledStep, model, objective, optimizer, batch, { ...options, runtime }) as never;
  });
  const { compile: compilePass } = CompiledPass;
  jest.spyOn(CompiledPass, 'compile').mockImplementation((model, objective, batch, ...rest) => {
    sizes.push(batch.items.length);
    return compilePass.call(CompiledPass, model, objective, batch, ...rest) as never;
  });
  return { sizes, batches: () => callsOf(runs), freed: () => callsOf(freed) };
}

const valuesOf = ({ weights }: LayersModel) => weights.flatMap((weight) => [...weight.read().dataSync()]);

/** Samples of four batches to an epoch; the last one is smaller, in every other epoch by one more. */
const BATCHES = [0, 1, 2].flatMap((epoch) => [
  ...[0, 4, 8].map((first) => [0, 1, 2, 3].map((i) => first + i)),
  epoch === 1 ? [12, 13] : [12, 13, 14],
]);

interface Trial {
  task?: TinyTask;
  batches?: readonly number[][];
  hooks?: TrainingHooks[];
  /** Called before each step. */
  before?: (step: number) => void;
}

/** Trains on batches of up to four, and leaves no tensors. */
async function trainOn(compile: CompileMode, { task, batches = BATCHES, hooks, before }: Trial = {}) {
  const { numTensors } = tf.memory();
  const [model, adam, lines] = [tinyModel(), new Adam(), [] as string[]];
  const options = { model, task: { ...tinyTask({ batchSize: 4 }), ...task }, phases: [tinyPhase()], compile, hooks };
  const gradients = new Gradients(options, (line) => lines.push(line));
  const losses: number[] = [];
  let error: unknown;
  try {
    for (const [step, places] of batches.entries()) {
      before?.(step);
      losses.push((await gradients.step(tinyBatch(places), 0, adam, 0.01)).loss);
    }
  } catch (thrown) {
    error = thrown;
  }
  await gradients.sync();
  const trained = { losses, weights: valuesOf(model), state: adam.state(), lines, error, decision: gradients.decision };
  await gradients.forget();
  adam.dispose();
  model.dispose();
  expect(tf.memory().numTensors).toBe(numTensors);
  return trained;
}

type Trained = Awaited<ReturnType<typeof trainOn>>;

/** Losses, weights and the optimizer's state are the same within float32's rounding, counts to the bit. */
function expectSame(found: Trained, expected: Trained): void {
  expect([found.error, expected.error]).toEqual([undefined, undefined]);
  expect(max(...found.losses.map((loss, i) => abs(loss / expected.losses[i] - 1)))).toBeLessThan(1e-4);
  const deviation = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    hypot(...Array.from(a, (value, i) => value - b[i])) / hypot(...Array.from(b));
  expect(deviation(found.weights, expected.weights)).toBeLessThan(1e-4);
  expect(deviation(found.state.values, expected.state.values)).toBeLessThan(1e-3);
  expect({ ...found.state, values: [] }).toEqual({ ...expected.state, values: [] });
}

/** A loss that graphs cannot have for batches of so many. */
function refusedFor(size: number): TinyTask {
  const task = tinyTask({ batchSize: 4 });
  const loss: TinyTask['loss'] = (...args) => {
    const made = task.loss(...args);
    return made.perSample.shape[0] === size
      ? { ...made, terms: { least: tf.min(tf.unique(made.perSample).values) as tf.Scalar } }
      : made;
  };
  return { ...task, loss };
}

test.each([
  ['', []],
  [', also where a hook looks at the model after each step', [{ onStep: () => undefined }]],
])('beside a GPU they go through a graph of their own, of which the last is kept%s', async (_, hooks) => {
  const expected = await trainOn('off');
  const graphs = watchGraphs();
  const compiled = await trainOn(gpu ?? 'onnx-webgpu', {
    hooks,
    before: () => expect(graphs.sizes.length - graphs.freed()).toBeLessThanOrEqual(2),
  });
  expectSame(compiled, expected);
  expect(compiled.lines).toEqual([]);
  expect(graphs.sizes).toEqual([4, 3, 2, 3]);
  expect([graphs.batches(), graphs.freed()]).toEqual([12, 4]);
});

test('beside a GPU those whose graph fails go op by op, which is said once; the others stay as they are', async () => {
  const task = refusedFor(2);
  const batches = [...BATCHES, ...BATCHES];
  const expected = await trainOn('off', { task, batches });
  const graphs = watchGraphs();
  const compiled = await trainOn(gpu ?? 'onnx-webgpu', { task, batches });
  expectSame(compiled, expected);
  expect(compiled.lines).toEqual([expect.stringMatching(/^Smaller batches go op by op: .*Unique/)]);
  expect(graphs.batches()).toBe(19);
});

test('on the CPU they go op by op, and through a graph from where that fails, which is said once', async () => {
  const expected = await trainOn('off');
  const graphs = watchGraphs();
  const compiled = await trainOn(ofEngine, {
    before: (step) => {
      if (step !== 7) return;
      expect(graphs.sizes).toEqual([4]);
      withoutMemory(2);
    },
  });
  expectSame(compiled, expected);
  expect(compiled.lines).toEqual([`Smaller batches go as a graph, too; op by op they fail: ${OUT_OF_MEMORY}`]);
  expect(graphs.sizes).toEqual([4, 2, 3]);
  expect(graphs.batches()).toBe(11);
});

test('where both ways fail, the error is that of op by op, and the step changes nothing', async () => {
  const task = refusedFor(3);
  const expected = await trainOn(ofEngine, { task, batches: BATCHES.slice(0, 3) });
  withoutMemory(3);
  const { error, lines, ...found } = await trainOn(ofEngine, { task, batches: BATCHES.slice(0, 4) });
  expect(error).toMatchObject({ name: 'EngineError', message: OUT_OF_MEMORY });
  expect(lines).toEqual([]);
  expect({ ...found, lines, error: undefined }).toEqual(expected);
});

test('a loss that is not finite is no reason for a graph', async () => {
  const graphs = watchGraphs();
  const targets: TinyTask['targets'] = (batch, model) => {
    if (batch.items.length < 4) batch.targets[0].fill(NaN);
    return tinyTask().targets(batch, model);
  };
  const { error, lines } = await trainOn(ofEngine, { task: { ...tinyTask({ batchSize: 4 }), targets } });
  expect(error).toMatchObject({
    message: expect.stringMatching(/^The loss became NaN on the annotations 112, 113, 114/),
  });
  expect([lines, graphs.sizes]).toEqual([[], [4]]);
});

test('auto keeps the graph where op by op fails, and says so', async () => {
  const expected = await trainOn('off');
  withoutMemory(4);
  const auto = await trainOn('auto');
  expectSame(auto, expected);
  expect(auto.decision).toBe(ofEngine);
  expect(auto.lines).toEqual([
    expect.stringMatching(
      /^Compiled: \d+ ms a batch as one graph of \w+( Runtime)?; op by op fails: Out of memory: .*full\.$/,
    ),
  ]);
});
