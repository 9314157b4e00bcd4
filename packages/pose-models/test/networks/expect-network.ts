import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { foldBatchNorm, fuseLayers, torchEntries } from '../../src';
import { disturb } from '../disturb';
import { saveAndLoad } from './saved-model';

/** An input of the model with random pixels. */
function someImages(model: tfl.LayersModel, count: number): tf.Tensor {
  return tf.randomNormal([count, ...(model.inputs[0].shape.slice(1) as number[])], 0, 1, 'float32', 1);
}

function outputValues(outputs: tf.Tensor | tf.Tensor[]): number[][] {
  return [outputs].flat().map((output) => Array.from(output.dataSync()));
}

/** Fails unless what the model saves predicts the very same with plain tf.layers, and is made of these classes only. */
export async function expectSavesPlainLayers(makeModel: () => tfl.LayersModel, wantedClasses: string): Promise<void> {
  const engine = tf.getBackend();
  await tf.setBackend('cpu');
  const model = makeModel();
  const { loaded, classes } = await saveAndLoad(model);
  expect(classes.join(' ')).toBe(wantedClasses);
  const x = someImages(model, 1);
  const [wanted, found] = [model, loaded].map((each) => outputValues(each.predict(x)));
  expect(found).toEqual(wanted);
  model.dispose();
  loaded.dispose();
  x.dispose();
  await tf.setBackend(engine);
}

/** Fails unless a training step on two images gives every trainable weight a finite gradient, and most of them another than zero. */
export function expectFiniteGradients(model: tfl.LayersModel): void {
  const x = someImages(model, 2);
  const { value, grads } = tf.variableGrads(() => {
    const losses = [model.apply(x, { training: true })].flat().map((output) => tf.mean(tf.square(output as tf.Tensor)));
    return tf.addN(losses) as tf.Scalar;
  });
  const trainable = torchEntries(model).filter(({ key }) => !/\.running_(mean|var)$/.test(key));
  expect(Object.keys(grads).sort()).toEqual(trainable.map(({ weight }) => weight.name).sort());
  const norms = trainable.map(({ weight }) => tf.norm(grads[weight.name]).dataSync()[0]);
  expect(norms.filter((norm) => !Number.isFinite(norm))).toEqual([]);
  expect(norms.filter((norm) => norm > 0).length).toBeGreaterThan(0.9 * norms.length);
  tf.dispose([x, value, grads]);
}

/** Fails unless the networks that `foldBatchNorm` and `fuseLayers` make of the model predict the same up to rounding. */
export function expectSameWhenFused(model: tfl.LayersModel): void {
  disturb(model);
  const x = someImages(model, 1);
  const wanted = outputValues(model.predict(x));
  for (const network of [foldBatchNorm(model), fuseLayers(model)]) {
    const found = outputValues(network.predict(x));
    expect(found).toHaveLength(wanted.length);
    wanted.forEach((values, i) => {
      const scale = Math.max(...values.map(Math.abs));
      expect(Math.max(...values.map((value, j) => Math.abs(value - found[i][j])))).toBeLessThan(1e-4 * scale);
    });
    network.dispose();
  }
  x.dispose();
}

/** Standard deviation of a tensor's values, over the one that is expected. */
export function relativeSpread(values: tf.Tensor, expected: number): number {
  return tf.tidy(() => Math.sqrt(tf.moments(values).variance.dataSync()[0]) / expected);
}
