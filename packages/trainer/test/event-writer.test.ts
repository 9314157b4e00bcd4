import { spawnSync } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { encodePng } from '@pose/pose-viz/node';
import { EventWriter } from '../src/telemetry/event-writer';
import { TrainerError } from '../src/trainer-error';
import { doubles, message, readEvents, valuesOf, type Message } from './read-events';
import { temporaryFolder } from './temporary-folder';

const file = temporaryFolder();
const png = encodePng({ data: Uint8Array.from({ length: 18 }, (_, i) => 10 * i), width: 2, height: 3, channels: 3 });
const values = Float32Array.from({ length: 1000 }, (_, i) => (i / 999) ** 2 - 0.5);

async function eventsOf(folder: string, write: (writer: EventWriter) => void): Promise<Message[]> {
  const writer = await EventWriter.open(folder, 3);
  write(writer);
  await writer.close();
  return readEvents(writer.file);
}

test('a file begins with its version and the start of a session', async () => {
  const before = Date.now() / 1000;
  const [version, start, ...rest] = await eventsOf(file('begin'), () => {});
  expect(String(version[3])).toBe('brain.Event:2');
  expect(start[2]).toEqual([3]);
  expect(message(start[7][0] as Buffer)).toEqual({ 1: [1] });
  for (const event of [version, start]) {
    expect(event[1][0]).toBeGreaterThanOrEqual(before);
    expect(event[1][0]).toBeLessThanOrEqual(Date.now() / 1000);
  }
  expect(rest).toEqual([]);
});

test('files have names that sort by time, and two of the same second are two', async () => {
  const writers = [await EventWriter.open(file('names')), await EventWriter.open(file('names'))];
  await Promise.all(writers.map((writer) => writer.close()));
  const names = writers.map((writer) => basename(writer.file));
  expect((await readdir(file('names'))).sort()).toEqual(names.sort());
  expect(new Set(names).size).toBe(2);
  const [, seconds, rest] = /^events\.out\.tfevents\.(\d{10})\.(.*)\.\d+$/.exec(names[0]) ?? [];
  expect(Math.abs(Number(seconds) - Date.now() / 1000)).toBeLessThan(60);
  expect(rest).toBe(`${hostname()}.${process.pid}`);
});

test('scalars() writes one event of float32 numbers, also those that float32 cannot hold', async () => {
  const step = 2 ** 33 + 1;
  const [, , event] = await eventsOf(file('scalars'), (writer) =>
    writer.scalars(step, { 'loss/train': 0.1, 'Verlust/größe': 1e300, nan: NaN }),
  );
  expect(event[2]).toEqual([step]);
  const scalars = Object.entries(valuesOf(event)).map(([tag, value]) => [tag, value[2][0]]);
  expect(scalars).toEqual([
    ['loss/train', Math.fround(0.1)],
    ['Verlust/größe', Infinity],
    ['nan', NaN],
  ]);
});

test('image() writes the PNG and its size', async () => {
  const [, , event] = await eventsOf(file('image'), (writer) => writer.image(5, 'predictions', png, 2, 3));
  const image = message(valuesOf(event).predictions[4][0] as Buffer);
  expect([image[1], image[2], image[3]]).toEqual([[3], [2], [3]]);
  expect(Buffer.compare(image[4][0] as Buffer, png)).toBe(0);
});

test('histogram() writes the buckets and the moments', async () => {
  const [, , event] = await eventsOf(file('histogram'), (writer) => writer.histogram(5, 'weights', values));
  const histogram = message(valuesOf(event).weights[5][0] as Buffer);
  expect([histogram[1], histogram[2], histogram[3]]).toEqual([[-0.5], [0.5], [1000]]);
  expect(histogram[4][0]).toBeCloseTo(
    values.reduce((a, b) => a + b),
    3,
  );
  expect(histogram[5][0]).toBeCloseTo(
    values.reduce((a, b) => a + b * b, 0),
    3,
  );
  const [limits, counts] = [6, 7].map((field) => doubles(histogram[field][0] as Buffer));
  expect([limits.length, limits[29], counts.length]).toEqual([30, 0.5, 30]);
  expect(counts.reduce((a, b) => a + b)).toBe(1000);
});

test('what was written is in the file at once', async () => {
  const writer = await EventWriter.open(file('live'));
  writer.scalars(1, { loss: 2 });
  expect(valuesOf(readEvents(writer.file)[2]).loss[2]).toEqual([2]);
  await writer.close();
});

test('a folder that cannot be made is an error that names the file', async () => {
  await writeFile(file('occupied'), '');
  const failed = await EventWriter.open(file('occupied')).catch((error: Error) => error);
  expect(failed).toBeInstanceOf(TrainerError);
  expect((failed as Error).message).toContain(`Cannot write TensorBoard's events to ${file('occupied')}/events.out`);
});

const READ = `
import json, sys
from tensorboard.backend.event_processing import event_accumulator as ea, plugin_event_accumulator as pea
old = ea.EventAccumulator(sys.argv[1]).Reload()
image, histogram = old.Images('predictions')[0], old.Histograms('weights')[0]
new = pea.EventAccumulator(sys.argv[1]); new.Reload()
plugins = {tag: new.SummaryMetadata(tag).plugin_data.plugin_name for tag in new.Tags()['tensors']}
json.dump({'loss': [[e.step, e.value] for e in old.Scalars('loss')], 'image': [image.step, image.width, image.height],
           'histogram': [histogram.step, histogram.histogram_value.num, sum(histogram.histogram_value.bucket)],
           'plugins': plugins}, sys.stdout)`;
const hasTensorBoard = spawnSync('python3', ['-c', 'import tensorboard']).status === 0;

(hasTensorBoard ? test : test.skip)('TensorBoard reads a run that was killed and resumed', async () => {
  const folder = file('tensorboard');
  const killed = await EventWriter.open(folder, 1);
  for (let step = 1; step <= 5; step++) killed.scalars(step, { loss: step });
  await killed.close();
  const resumed = await EventWriter.open(folder, 4);
  resumed.scalars(4, { loss: 0.5 });
  resumed.image(4, 'predictions', png, 2, 3);
  resumed.histogram(4, 'weights', values);
  await resumed.close();
  const script = join(folder, 'read.py');
  await writeFile(script, READ);
  const { stdout, stderr, status } = spawnSync('python3', [script, folder], { encoding: 'utf8' });
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({
    loss: [
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 0.5],
    ],
    image: [4, 2, 3],
    histogram: [4, 1000, 1000],
    plugins: { loss: 'scalars', predictions: 'images', weights: 'histograms' },
  });
});
