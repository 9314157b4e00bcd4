import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { createModel, loadTorchWeights, readCheckpoint, type ModelOptions } from '../../src';
import { startEngine } from '../engine';
import { saveModelFolder } from '../save-model';
import { SMALL_MODELS } from '../small-models';
import type { BrowserCase, BrowserOutputs } from './browser-case';

/** `pnpm test:browser` sets it. */
const chromium = process.env.POSE_CHROMIUM;
const fixtures = join(__dirname, '../fixtures/checkpoints');

(chromium ? describe : describe.skip)('in headless Chromium, on WebGL', () => {
  const cases: BrowserCase[] = [];
  const expected = new Map<string, Float32Array[]>();
  let found: Record<string, BrowserOutputs>;

  async function addCase(name: string, options: ModelOptions, model: tfl.LayersModel, folder: string) {
    const shape = [1, ...(model.inputs[0].shape.slice(1) as number[])] as BrowserCase['inputShape'];
    const input = tf.randomUniform(shape, -2, 2, 'float32', 7) as tf.Tensor4D;
    expected.set(name, tf.tidy(() => ([model.predict(input)].flat() as tf.Tensor[]).map((y) => y.dataSync() as Float32Array))); // prettier-ignore
    await saveModelFolder(model, join(folder, name));
    writeFileSync(join(folder, name, 'input.bin'), input.dataSync());
    model.dispose();
    input.dispose();
    const each: BrowserCase = { name, options, inputShape: shape };
    cases.push(each);
    return each;
  }

  beforeAll(async () => {
    await startEngine();
    const folder = mkdtempSync(join(tmpdir(), 'pose-browser-'));
    try {
      for (const [name, options] of SMALL_MODELS) await addCase(name, options, createModel(name, options), folder);
      // The weights of PyTorch, in place of the seed's: it takes the place of the first case of this model.
      const { options } = JSON.parse(readFileSync(join(fixtures, 'slim.json'), 'utf8')) as { options: ModelOptions };
      const slim = createModel('pose_resnet18', options);
      loadTorchWeights(slim, readCheckpoint(readFileSync(join(fixtures, 'slim-zip.pth'))));
      cases.splice(
        cases.findIndex(({ name }) => name === 'pose_resnet18'),
        1,
      );
      (await addCase('pose_resnet18', options, slim, folder)).checkpoint = 'slim-zip.pth';
      copyFileSync(join(fixtures, 'slim-zip.pth'), join(folder, 'pose_resnet18', 'slim-zip.pth'));
      const script = join(__dirname, 'predict-in-browser.mjs');
      const args = [script, chromium as string, folder, 'webgl', JSON.stringify(cases)];
      const text = execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
      found = JSON.parse(text) as Record<string, BrowserOutputs>;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 300_000);

  test.each(SMALL_MODELS.map(([name]) => name))(
    '%s predicts the same as here: saved and loaded, and made there',
    (name) => {
      const wanted = expected.get(name) as Float32Array[];
      for (const outputs of [found[name].loaded, found[name].made as number[][]]) {
        expect(outputs).toHaveLength(wanted.length);
        wanted.forEach((values, i) => {
          const scale = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
          expect(scale).toBeGreaterThan(0);
          expect(outputs[i]).toHaveLength(values.length);
          const worst = values.reduce((max, value, at) => Math.max(max, Math.abs(outputs[i][at] - value)), 0);
          expect(worst / scale).toBeLessThan(1e-3);
        });
      }
    },
  );
});
