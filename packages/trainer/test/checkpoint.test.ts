import { chmod, cp, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import type { TrainingState } from '../src/checkpoint/checkpoint-state';
import { loadCheckpoint, loadCheckpointModel } from '../src/checkpoint/load-checkpoint';
import { requireSameModel, restoreWeights } from '../src/checkpoint/restore-weights';
import { saveCheckpoint } from '../src/checkpoint/save-checkpoint';
import { Adam } from '../src/optimizer/adam';
import { HEATMAP_OBJECTIVE } from '../src/task/top-down-task';
import { trainableVariables, trainStep } from '../src/train-step';
import { runChild } from './children/run-child';
import { testEngine } from './engine';
import { randomBatch } from './random-batch';
import { SLIM } from './slim-description';
import { slimModel } from './slim-model.cjs';
import { temporaryFolder } from './temporary-folder';

const file = temporaryFolder();
const state: TrainingState = {
  epoch: 1,
  batch: 2,
  step: 3,
  stepsBeforePhase: 0,
  epochsBeforePhase: 0,
  evaluated: 1,
  evaluationsSinceBest: 0,
  seed: 7,
  data: { samples: 10, batchSize: 2 },
  best: { value: 0.1 + 0.2, epoch: 0 },
  running: { loss: 0.1, metrics: { accuracy: 1 / 3 }, samples: 4 },
};
const config = { lr: 1e-3 };
const model = () => trained;
let trained: ReturnType<typeof slimModel>;
let adam: Adam;

beforeAll(async () => {
  await testEngine();
  trained = slimModel();
  adam = new Adam();
  for (let seed = 0; seed < 3; seed++) trainStep(trained, HEATMAP_OBJECTIVE, adam, randomBatch({ seed }), 1e-3);
  await saveCheckpoint(file('good'), { model: trained, description: SLIM, state, optimizer: adam.state(), config });
});

const weightsOf = (from: typeof trained) => from.getWeights().map((weight) => Array.from(weight.dataSync()));
const predict = (from: typeof trained) =>
  tf.tidy(() => Array.from((from.predict(tf.tensor4d(randomBatch().input, [2, 64, 64, 3])) as tf.Tensor).dataSync()));

/** A copy of the good checkpoint, and the full path of one of its files. */
async function copy(name: string): Promise<(prefix: string) => Promise<string>> {
  await cp(file('good'), file(name), { recursive: true });
  return async (prefix) => file(name, (await readdir(file(name))).find((each) => each.startsWith(prefix)) as string);
}

describe('saveCheckpoint() and loadCheckpoint()', () => {
  test('give back state, config, optimizer and weights to the bit', async () => {
    const checkpoint = await loadCheckpoint(file('good'));
    expect(checkpoint).toMatchObject({ description: SLIM, state, config });
    const optimizer = adam.state();
    expect(checkpoint.optimizer?.step).toBe(3);
    expect(checkpoint.optimizer?.names).toEqual(optimizer.names);
    expect(Array.from(checkpoint.optimizer?.values ?? [])).toEqual(Array.from(optimizer.values));
    const other = slimModel({ seed: 99 });
    expect(weightsOf(other)).not.toEqual(weightsOf(model()));
    restoreWeights(other, checkpoint);
    expect(weightsOf(other)).toEqual(weightsOf(model()));
  });

  test('what the model itself keeps as metadata stays with it', async () => {
    const other = slimModel();
    other.setUserDefinedMetadata({ torch: { evaluatedTwice: ['conv0'] } });
    await saveCheckpoint(file('metadata'), { model: other, description: SLIM, state, config });
    const { userDefinedMetadata } = JSON.parse(await readFile(file('metadata', 'model.json'), 'utf8'));
    expect(Object.keys(userDefinedMetadata)).toEqual(['torch', 'pose']);
    expect(userDefinedMetadata.torch).toEqual({ evaluatedTwice: ['conv0'] });
  });

  test('the next steps of a restored model and optimizer are those of the original', async () => {
    const checkpoint = await loadCheckpoint(file('good'));
    const [a, b] = [slimModel({ seed: 4 }), slimModel({ seed: 5 })];
    const losses = [a, b].map((restored) => {
      restoreWeights(restored, checkpoint);
      const optimizer = new Adam();
      optimizer.restore(checkpoint.optimizer as NonNullable<typeof checkpoint.optimizer>, trainableVariables(restored));
      return [1, 2].map((seed) => trainStep(restored, HEATMAP_OBJECTIVE, optimizer, randomBatch({ seed }), 1e-3).loss);
    });
    expect(losses[0]).toEqual(losses[1]);
  });

  test('the folder is a plain tfjs layers model with the outputs of the trained one', async () => {
    const expected = predict(model());
    expect(predict(await loadCheckpointModel(await loadCheckpoint(file('good'))))).toEqual(expected);

    // As any tfjs program does it, from the files as they are.
    const json = JSON.parse(await readFile(file('good', 'model.json'), 'utf8')) as tf.io.ModelJSON;
    const [{ paths }] = json.weightsManifest;
    const data = await readFile(file('good', paths[0]));
    const weightData = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer;
    const load = () => tf.io.getModelArtifactsForJSON(json, async (manifest) => [manifest[0].weights, weightData]);
    expect(predict(await loadLayersModel({ load }))).toEqual(expected);
  });

  test('saving again replaces the files, also within the same step, and removes what a killed save left', async () => {
    const folder = file('again');
    const save = () =>
      saveCheckpoint(folder, { model: model(), description: SLIM, state, optimizer: adam.state(), config });
    await save();
    await writeFile(file('again', 'weights-0-dead.bin'), 'x');
    await writeFile(file('again', 'model.json.1.tmp'), 'x');
    await writeFile(file('again', 'notes.txt'), 'of the user');
    const before = await readdir(folder);
    await save();
    const after = await readdir(folder);
    expect(after).toHaveLength(4);
    expect(after.filter((name) => before.includes(name)).sort()).toEqual(['model.json', 'notes.txt']);
    await loadCheckpoint(folder);
  });

  test('a checkpoint without optimizer has none', async () => {
    await saveCheckpoint(file('best'), { model: model(), description: SLIM, state, config });
    expect((await readdir(file('best'))).filter((name) => name.startsWith('optimizer'))).toEqual([]);
    expect((await loadCheckpoint(file('best'))).optimizer).toBeUndefined();
  });

  test('weights that are not finite are not saved, and the previous checkpoint stays', async () => {
    await copy('diverged');
    const before = await readdir(file('diverged'));
    const broken = slimModel();
    const values = broken.getWeights().map((weight) => weight.clone());
    values[4] = tf.fill(values[4].shape, Infinity);
    broken.setWeights(values);
    const name = broken.weights[4].originalName;
    await expect(
      saveCheckpoint(file('diverged'), { model: broken, description: SLIM, state, config }),
    ).rejects.toMatchObject({
      name: 'TrainerError',
      message: expect.stringContaining(
        `Expected finite weights to save in ${file('diverged')}, found Infinity in '${name}'`,
      ),
    });
    expect(await readdir(file('diverged'))).toEqual(before);
  });
});

describe('loadCheckpoint() refuses, with a TrainerError,', () => {
  const failure = (name: string) =>
    loadCheckpoint(file(name)).catch((error: Error) => `${error.name}: ${error.message}`);

  test('a folder without checkpoint', async () => {
    expect(await failure('nothing')).toBe(
      `TrainerError: No checkpoint at ${file('nothing/model.json')}. Expected a checkpoint folder, such as <run>/checkpoints/best.`,
    );
    await writeFile(file('plain'), '');
    expect(await failure('plain')).toContain('Expected a checkpoint folder');
  });

  test('a model.json that is not JSON, or of another program', async () => {
    await mkdir(file('text'));
    await writeFile(file('text/model.json'), '{"modelTopology": ');
    expect(await failure('text')).toMatch(/^TrainerError: .*model\.json is not JSON: /);
    for (const json of ['{"modelTopology": {}}', 'null', '[]', '3']) {
      await writeFile(file('text/model.json'), json);
      expect(await failure('text')).toContain(
        "text/model.json: expected userDefinedMetadata.pose.format to be 'pose-checkpoint/2', found undefined. Is it a model of another program, or of another version of this one?",
      );
    }
  });

  test('weights or optimizer state that are cut off or gone', async () => {
    for (const [prefix, what] of [
      ['weights', 'weights'],
      ['optimizer', 'optimizer state'],
    ]) {
      const fileOf = await copy(`cut-${prefix}`);
      const path = await fileOf(prefix);
      const { length } = await readFile(path);
      await truncate(path, length - 3);
      expect(await failure(`cut-${prefix}`)).toBe(
        `TrainerError: ${path}: expected ${length} bytes of ${what}, found ${length - 3}. The file is cut off or foreign.`,
      );
      await rm(path);
      expect(await failure(`cut-${prefix}`)).toMatch(`TrainerError: ${path}: the ${what} cannot be read: ENOENT`);
    }
  });
});

describe('a checkpoint of another model is refused:', () => {
  test('other layers, and the model keeps its weights', async () => {
    const checkpoint = await loadCheckpoint(file('good'));
    for (const [other, message] of [
      [slimModel({ width: 4 }), "expected weight 'conv0/kernel' of shape [3, 3, 3, 4], found shape [3, 3, 3, 8]."],
      [slimModel({ depth: 2 }), "expected weight 'conv3/kernel' of shape [3, 3, 8, 8], found none."],
      [
        slimModel({ keypoints: 14 }),
        "expected weight 'head/kernel' of shape [1, 1, 8, 14], found shape [1, 1, 8, 17].",
      ],
      [slimModel({ inputSize: [48, 64] }), 'expected input 64x48 (height x width), found 64x64.'],
    ] as const) {
      const before = weightsOf(other);
      const tensors = tf.memory().numTensors;
      expect(() => restoreWeights(other, checkpoint)).toThrow(
        `${file('good')} is a checkpoint of another model: ${message}`,
      );
      expect(weightsOf(other)).toEqual(before);
      expect(tf.memory().numTensors).toBe(tensors);
    }
  });

  test('other backbone, input, head or keypoints by description', async () => {
    const checkpoint = await loadCheckpoint(file('good'));
    expect(() => requireSameModel(checkpoint, SLIM)).not.toThrow();
    for (const other of [
      { ...SLIM, name: 'pose_resnet50' },
      { ...SLIM, options: { ...SLIM.options, inputSize: [48, 64] as const } },
      { ...SLIM, options: { ...SLIM.options, deconvFilters: [128, 128, 128] } },
      { ...SLIM, keypointNames: [...SLIM.keypointNames].reverse() },
    ]) {
      expect(() => requireSameModel(checkpoint, other)).toThrow(
        /good is a checkpoint of another model\.\n {2}expected \{.*\n {2}found {4}\{"name":"slim","inputSize":\[64,64\],"keypoints":17,"keypointNames":\["nose"/,
      );
    }
  });
});

describe('a save that does not come to its end leaves the previous checkpoint whole:', () => {
  /** The step of a checkpoint of children/save-checkpoints.cjs, all parts of which must agree. */
  async function consistentStep(folder: string, width: number): Promise<number> {
    const checkpoint = await loadCheckpoint(folder);
    const { step } = checkpoint.state;
    const restored = slimModel({ width });
    restoreWeights(restored, checkpoint);
    expect(new Set(weightsOf(restored).flat())).toEqual(new Set([step]));
    expect(new Set(checkpoint.optimizer?.values)).toEqual(new Set([step]));
    expect(checkpoint.optimizer?.step).toBe(step);
    return step;
  }

  test('killed while saving', async () => {
    const [folder, width] = [file('killed'), 128];
    const input = { folder, count: 100_000, width, description: SLIM };
    let saved = 0;
    for (let round = 0; round < 4; round++) {
      saved = 0;
      const { signal } = await runChild('save-checkpoints.cjs', {
        input,
        onLine: (line, child) => {
          saved = Number(line.split(' ')[1]);
          if (saved === 2) setTimeout(() => child.kill('SIGKILL'), Math.random() * 300);
        },
      });
      expect(signal).toBe('SIGKILL');
      // The last one that was told, or one that was finished and not told any more.
      expect([saved, saved + 1]).toContain(await consistentStep(folder, width));
    }
    await runChild('save-checkpoints.cjs', { input: { ...input, count: 1 } });
    expect(await consistentStep(folder, width)).toBe(1);
    expect(await readdir(folder)).toHaveLength(3);
  });

  // Blocks of 512 bytes: the first is too small for the weights, the second only for the optimizer's moments.
  test.each([100, 800])(
    'no room for a new file (its size limited to %i blocks, so that writing fails midway)',
    async (blocks) => {
      const folder = file(`full-${blocks}`);
      const input = { folder, count: 1, width: 64, description: SLIM };
      await runChild('save-checkpoints.cjs', { input });
      const before = (await readdir(folder)).sort();
      const failed = await runChild('save-checkpoints.cjs', { input, shell: `ulimit -f ${blocks}` });
      expect(failed).toMatchObject({ code: 1, stdout: '' });
      expect(failed.stderr).toContain(`TrainerError: Could not write the checkpoint ${folder}: EFBIG`);
      expect(failed.stderr).toContain('The previous one, if any, is untouched.');
      expect((await readdir(folder)).sort()).toEqual(before);
      expect(await consistentStep(folder, 64)).toBe(1);
    },
  );

  test('a read-only folder', async () => {
    const folder = file('read-only');
    const input = { folder, count: 1, width: 8, description: SLIM };
    await runChild('save-checkpoints.cjs', { input });
    const before = (await readdir(folder)).sort();
    await chmod(folder, 0o555);
    await chmod(file(), 0o755);
    // Root may write everywhere: there the child becomes nobody.
    const user = process.getuid?.() === 0 ? 65534 : undefined;
    const failed = await runChild('save-checkpoints.cjs', { input: { ...input, user } });
    await chmod(folder, 0o755);
    expect(failed).toMatchObject({ code: 1, stdout: '' });
    expect(failed.stderr).toContain(`TrainerError: Could not write the checkpoint ${folder}: EACCES`);
    expect((await readdir(folder)).sort()).toEqual(before);
    expect(await consistentStep(folder, 8)).toBe(1);
  });
});
