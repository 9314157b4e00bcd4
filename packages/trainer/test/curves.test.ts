import type { LogEntry } from '../src/run/run-folder';
import { curves } from '../src/report/curves';

function log(
  stats: Record<string, number> | undefined,
  metrics: Record<string, number> = { accuracy: 0.5 },
): LogEntry[] {
  const at = { epoch: 0, loss: 0.5, learningRate: 1e-3, metrics };
  const entries: LogEntry[] = [
    { event: 'step', step: 1, ...at },
    { event: 'step', step: 2, ...at, loss: 0.25 },
    { event: 'epoch', step: 2, imagesPerSecond: 3, ...at },
  ];
  return stats ? [...entries, { event: 'evaluation', step: 2, epoch: 0, stats }] : entries;
}

const titles = (entries: LogEntry[]) =>
  Object.fromEntries(Object.entries(curves(entries)).map(([name, { title }]) => [name, title]));
const picture = (entries: LogEntry[], name: string) => Buffer.from(curves(entries)[name].image.data);

test('curves() draws loss, learning rate, each metric and the evaluations', () => {
  expect(titles(log({ AP: 0.5 }, { accuracy: 0.5, 'push & pull': 2 }))).toEqual({
    'loss.png': 'Training loss',
    'learning-rate.png': 'Learning rate',
    'accuracy.png': 'Training: accuracy',
    'push-pull.png': 'Training: push & pull',
    'evaluation.png': 'Evaluation',
  });
  expect(Object.keys(curves(log(undefined, {})))).toEqual(['loss.png', 'learning-rate.png']);
  expect(Object.keys(curves([]))).toEqual(['loss.png', 'learning-rate.png']);
});

test('curves() shows what the log holds: another number is another picture', () => {
  const accuracy = (value: number) => picture(log(undefined, { accuracy: value }), 'accuracy.png');
  expect(accuracy(0.5).equals(accuracy(0.5))).toBe(true);
  expect(accuracy(0.5).equals(accuracy(0.9))).toBe(false);
});

test('curves() shows AP, AP50 and AP75 of COCO, and every number of other evaluations', () => {
  const shown = (stats: Record<string, number>) => picture(log(stats), 'evaluation.png');
  expect(shown({ AP: 0.5, AP50: 0.8, AR: 0.6 }).equals(shown({ AP: 0.5, AP50: 0.8 }))).toBe(true);
  expect(shown({ AP: 0.5, AP75: 0.8 }).equals(shown({ AP: 0.5 }))).toBe(false);
  expect(shown({ PCK: 0.5, head: 0.8 }).equals(shown({ PCK: 0.5 }))).toBe(false);
});
