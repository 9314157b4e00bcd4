import type { LayersModel } from '@tensorflow/tfjs-layers';
import { createModel } from '@pose/pose-models';
import type { Runtime } from '@pose/tfjs-compile';
import { Adam, CompiledStep, HEATMAP_OBJECTIVE, trainStep } from '../src';
import { testEngine } from './engine';
import { randomBatch } from './random-batch';

beforeAll(testEngine);

/** Of ONNX Runtime; the environment may name a GPU's. */
const runtime = (process.env['ONNX_RUNTIME'] ?? 'onnx') as Runtime;
const RATE = 1e-3;
const { hypot } = Math;

const tinyModel = () =>
  createModel('pose_resnet18', { inputSize: [64, 64], width: 4, deconvFilters: [8, 8, 8], keypoints: 3, seed: 1 });
const valuesOf = ({ weights }: LayersModel) => weights.flatMap((weight) => [...weight.read().dataSync()]);

test('whole steps through ONNX Runtime are those op by op, also after some of these in between', async () => {
  const batch = randomBatch({ count: 4, keypoints: 3 });
  const [eager, compiled] = [tinyModel(), tinyModel()];
  const [eagerAdam, adam] = [new Adam(), new Adam()];
  const step = await CompiledStep.compile(compiled, HEATMAP_OBJECTIVE, adam, batch, { runtime });
  for (let i = 0; i < 9; i++) {
    const expected = trainStep(eager, HEATMAP_OBJECTIVE, eagerAdam, batch, RATE);
    let found;
    if (i === 4) {
      await step.sync();
      found = trainStep(compiled, HEATMAP_OBJECTIVE, adam, batch, RATE);
    } else {
      found = await step.run(batch, RATE);
      step.countStep();
    }
    expect(Math.abs(found.loss / expected.loss - 1)).toBeLessThan(1e-4);
  }
  await step.sync();
  const expected = valuesOf(eager);
  expect(hypot(...valuesOf(compiled).map((value, i) => value - expected[i])) / hypot(...expected)).toBeLessThan(1e-3);
  await step.dispose();
}, 300_000);
