import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import * as tf from '@tensorflow/tfjs';
import { useEngine } from '@pose/tfjs-engine';
import { createModel } from '@pose/pose-models';
import { CompileError, openTensorFlow, trace, type Executable } from '../../src/index';
import { deviation } from '../support/deviation';
import { expectFlat } from '../support/expect-flat';
import { describeOnNative } from '../support/native';
import { trainingFunction } from '../support/training-function';

const double = () => trace(({ x }) => ({ y: tf.mul(x, 2) }), { x: tf.zeros([2, 3]) });
const messageOf = (run: () => Promise<unknown>) =>
  run().then(
    () => 'nothing',
    (error: unknown) => {
      expect(error).toBeInstanceOf(CompileError);
      return (error as CompileError).message;
    },
  );

const testElsewhere = process.env.POSE_ENGINE === 'native' ? test.skip : test;
testElsewhere('openTensorFlow(graph) on another backend says which to make the active one', async () => {
  await useEngine({ prefer: 'wasm' });
  expect(await messageOf(() => openTensorFlow(double()))).toMatch(
    /^Expected the backend 'tensorflow'.* found 'wasm'\. Make it the active one/,
  );
});

describeOnNative('openTensorFlow', () => {
  beforeAll(() => useEngine({ prefer: 'native' }));

  let executable: Executable;
  afterEach(() => executable?.dispose());

  test('gives every gradient of a ResNet and assigns its moving statistics, as without it', async () => {
    const model = createModel('pose_resnet18', {
      inputSize: [64, 64],
      keypoints: 4,
      deconvFilters: [32, 32, 32],
      seed: 1,
    });
    const { fn, inputs } = trainingFunction(model, 2);
    const variables = model.weights.map((weight) => weight.read() as tf.Variable);
    const before = variables.map((variable) => variable.clone());
    const expected = tf.tidy(() => fn(inputs));
    const assigned = variables.map((variable) => variable.dataSync().slice());
    variables.forEach((variable, i) => variable.assign(before[i]));

    executable = await openTensorFlow(trace(fn, inputs));
    const actual = await executable.run(inputs);
    expect(Object.keys(actual)).toEqual(Object.keys(expected));
    for (const [name, tensor] of Object.entries(expected))
      expect(deviation(actual[name].dataSync(), tensor.dataSync())).toBeLessThan(1e-5);
    variables.forEach((variable, i) => expect(deviation(variable.dataSync(), assigned[i])).toBeLessThan(1e-5));
    expect(assigned.some((values, i) => deviation(values, before[i].dataSync()) > 1e-3)).toBe(true);
  });

  test('reads what a variable holds at the time of the run, and gives inputs and constants back', async () => {
    const variable = tf.variable(tf.tensor1d([1, 2]));
    const fn = ({ x }: tf.NamedTensorMap) => {
      variable.assign(tf.add(variable, x));
      return { sum: tf.sum(variable), same: x, constant: tf.tensor1d([5]) };
    };
    executable = await openTensorFlow(trace(fn, { x: tf.zeros([2]) }));
    variable.assign(tf.tensor1d([10, 20]));
    for (const sum of [33, 36]) {
      const outputs = await executable.run({ x: tf.tensor1d([1, 2]) });
      expect(outputs.sum.arraySync()).toBe(sum);
      expect(outputs.same.arraySync()).toEqual([1, 2]);
      expect(outputs.constant.arraySync()).toEqual([5]);
    }
    expect(variable.arraySync()).toEqual([12, 24]);
    variable.dispose();
  });

  test('leaves out what no output needs', async () => {
    const unused = tf.variable(tf.scalar(1));
    const graph = trace(({ x }) => (tf.mul(unused, tf.linspace(0, 1, 3)), { y: tf.neg(x) }), { x: tf.scalar(1) });
    unused.dispose(); // reading it would fail
    executable = await openTensorFlow({ ...graph, operations: [...graph.operations, unknownOperation] });
    expect((await executable.run({ x: tf.scalar(3) })).y.arraySync()).toBe(-3);
  });

  test('2,000 runs leave nothing behind, and no temporary folder stays', async () => {
    const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('tfjs-compile-'));
    const before = folders();
    const { binding } = tf.backend() as unknown as { binding: { getNumOfTensors(): number } };
    await expectFlat(openTensorFlow, () => ({ native: binding.getNumOfTensors() }));
    // Tests in other processes have theirs, for a moment.
    const made = folders().filter((name) => !before.includes(name));
    const staying = () => folders().filter((name) => made.includes(name));
    for (let i = 0; i < 100 && staying().length > 0; i++) await setTimeout(50);
    expect(staying()).toEqual([]);
  });

  test('what it cannot do, it says before the first run, with the place', async () => {
    const { operations, ...graph } = double();
    const outputs = new Map([['y', unknownOperation.outputs[0]]]);
    const open = () => openTensorFlow({ ...graph, outputs, operations: [...operations, unknownOperation] });
    expect(await messageOf(open)).toBe(
      'TensorFlow has no op for the kernel Unheard, called at model.ts:3:5. Compose it of other operations, or run the ' +
        'function without compiling it.',
    );
  });

  test('wrong inputs are named, and no variable has changed then', async () => {
    const variable = tf.variable(tf.scalar(1));
    const fn = ({ x }: tf.NamedTensorMap) => (variable.assign(tf.sum(x)), { y: tf.mul(x, 2) });
    executable = await openTensorFlow(trace(fn, { x: tf.zeros([2, 3]) }));
    const { run } = executable;
    expect(await messageOf(() => run({}))).toMatch(/^Expected the input 'x' to be float32 \[2, 3\], found none\./);
    expect(await messageOf(() => run({ x: tf.zeros([3, 2]) }))).toMatch(/found float32 \[3, 2\]\. .*trace once more/);
    expect(await messageOf(() => run({ x: tf.zeros([2, 3], 'int32') }))).toMatch(/found int32 \[2, 3\]/);
    expect(await messageOf(() => run({ x: tf.ones([2, 3]), z: tf.scalar(1) }))).toMatch(
      /^The graph has no input 'z'\./,
    );
    expect(variable.arraySync()).toBe(1);
    await executable.dispose();
    await executable.dispose();
    expect(await messageOf(() => run({ x: tf.ones([2, 3]) }))).toMatch(/^The graph was disposed of/);
    variable.dispose();
  });

  test("TensorFlow's own errors come as CompileErrors", async () => {
    const fn = ({ x, rows }: tf.NamedTensorMap) => ({ y: tf.gather(x, rows as tf.Tensor1D) });
    executable = await openTensorFlow(trace(fn, { x: tf.zeros([2, 3]), rows: tf.tensor1d([0], 'int32') }));
    const run = () => executable.run({ x: tf.zeros([2, 3]), rows: tf.tensor1d([5], 'int32') });
    expect(await messageOf(run)).toMatch(/^TensorFlow failed to run the graph: .*indices\[0\] = 5 is not in \[0, 2\)/);
  });
});

const unknownOperation = {
  ...{ kernel: 'Unheard', inputs: {}, attributes: {}, callSite: 'model.ts:3:5' },
  outputs: [{ shape: [], dtype: 'float32' as const }],
};
