/** Runs in the browser: bundled without any module of Node.js. */
import * as tf from '@tensorflow/tfjs';
import { createModel, loadTorchWeights, readCheckpoint, registerLayers } from '../../src';
import type { BrowserCase, BrowserOutputs } from './browser-case';

async function floats(url: string): Promise<Float32Array> {
  return new Float32Array(await (await fetch(url)).arrayBuffer());
}

function run(model: tf.LayersModel, input: Float32Array, shape: BrowserCase['inputShape']): number[][] {
  return tf.tidy(() => {
    const outputs = [model.predict(tf.tensor4d(input, shape))].flat() as tf.Tensor[];
    return outputs.map((output) => Array.from(output.dataSync()));
  });
}

async function predict({ name, options, inputShape, checkpoint }: BrowserCase): Promise<BrowserOutputs> {
  const input = await floats(`${name}/input.bin`);
  if (name.startsWith('stn_')) registerLayers();
  const saved = await tf.loadLayersModel(`${name}/model.json`);
  const outputs: BrowserOutputs = { loaded: run(saved, input, inputShape) };
  saved.dispose();
  const made = createModel(name, options);
  if (checkpoint) {
    const file = await (await fetch(`${name}/${checkpoint}`)).arrayBuffer();
    loadTorchWeights(made, readCheckpoint(new Uint8Array(file)));
  }
  outputs.made = run(made, input, inputShape);
  made.dispose();
  return outputs;
}

async function predictAll(backend: string, cases: BrowserCase[]): Promise<Record<string, BrowserOutputs>> {
  if (!(await tf.setBackend(backend))) throw new Error(`the browser has no ${backend}`);
  await tf.ready();
  const results: Record<string, BrowserOutputs> = {};
  for (const each of cases) results[each.name] = await predict(each);
  return results;
}

Object.assign(globalThis, { predictAll });
