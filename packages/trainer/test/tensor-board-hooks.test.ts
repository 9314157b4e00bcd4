import { readdirSync } from 'node:fs';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Image } from '@pose/pose-viz';
import { encodePng } from '@pose/pose-viz/node';
import { tensorBoard } from '../src/telemetry/tensor-board-hooks';
import { trainableVariables } from '../src/train-step';
import { TrainerError } from '../src/trainer-error';
import { testEngine } from './engine';
import { message, readEvents, valuesOf, type Message } from './read-events';
import { slimModel } from './slim-model.cjs';
import { temporaryFolder } from './temporary-folder';

const file = temporaryFolder();
const image: Image = { data: new Uint8Array(12).fill(200), width: 2, height: 2, channels: 3 };
let model: LayersModel;

beforeAll(async () => {
  await testEngine();
  model = slimModel();
});

/** Three steps, an epoch and an evaluation, from a run that stood at `step`. */
async function logged(name: string, step: number, options: Omit<Parameters<typeof tensorBoard>[0], 'folder'> = {}) {
  const hooks = tensorBoard({ folder: file(name), ...options });
  let drawn = 0;
  const pictures = async () => ({ worst: (drawn++, image) });
  await hooks.onStart({ step, epoch: 0, resumed: step > 0 });
  const numbers = { epoch: 0, loss: 0.5, learningRate: 0.25, metrics: { accuracy: 0.75 }, model };
  for (let n = step + 1; n <= step + 3; n++) await hooks.onStep({ step: n, ...numbers });
  await hooks.onEpoch({ step: step + 3, ...numbers, imagesPerSecond: 8 });
  await hooks.onEvaluation({ step: step + 3, epoch: 0, stats: { AP: 0.125, AR: 0.5 }, model, pictures });
  await hooks.onEnd();
  const [, start, ...events] = readEvents(file(name, readdirSync(file(name))[0]));
  return { start, events, drawn };
}

const scalars = (event: Message) =>
  Object.fromEntries(Object.entries(valuesOf(event)).map(([tag, value]) => [tag, value[2]?.[0]]));

test('steps, epochs and evaluations are logged under their tags', async () => {
  const { start, events, drawn } = await logged('plain', 0);
  expect(start[2]).toEqual([1]);
  const step = { 'loss/train': 0.5, 'accuracy/train': 0.75, learning_rate: 0.25 };
  expect(events.map((event) => [event[2][0], scalars(event)])).toEqual([
    [1, step],
    [2, step],
    [3, step],
    [3, { 'loss/epoch': 0.5, 'accuracy/epoch': 0.75, images_per_second: 8 }],
    [3, { 'evaluation/AP': 0.125, 'evaluation/AR': 0.5 }],
  ]);
  expect(drawn).toBe(0);
});

test('a resumed run drops what was logged after its checkpoint; every n-th step is logged', async () => {
  const { start, events } = await logged('resumed', 10, { every: 4 });
  expect(start[2]).toEqual([11]);
  expect(events.map((event) => event[2][0])).toEqual([12, 13, 13]);
});

test('histograms hold every trainable weight, and pictures are drawn, where they are asked for', async () => {
  const { events, drawn } = await logged('all', 0, { histograms: true, images: true });
  const values = Object.assign({}, ...events.map(valuesOf)) as Record<string, Message>;
  const variables = trainableVariables(model);
  const histograms = Object.keys(values).filter((tag) => tag.startsWith('weights/'));
  expect(histograms).toEqual(Object.keys(variables).map((name) => `weights/${name}`));
  const name = 'conv1/kernel';
  const kernel = message(values[`weights/${name}`][5][0] as Buffer);
  const data = variables[name].dataSync();
  expect([kernel[1], kernel[2], kernel[3]]).toEqual([[Math.min(...data)], [Math.max(...data)], [data.length]]);
  const picture = message(values['predictions/worst'][4][0] as Buffer);
  expect(Buffer.compare(picture[4][0] as Buffer, encodePng(image))).toBe(0);
  expect(drawn).toBe(1);
});

test('a wrong use is an error', () => {
  expect(() => tensorBoard({ folder: file('none'), every: 0 })).toThrow(
    new TrainerError('tensorBoard: expected a positive integer for every, found 0.'),
  );
  const step = { step: 1, epoch: 0, loss: 1, learningRate: 1, metrics: {}, model };
  expect(() => tensorBoard({ folder: file('none') }).onStep(step)).toThrow(/before onStart/);
});
