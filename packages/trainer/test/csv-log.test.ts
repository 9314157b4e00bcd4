import { readFile } from 'node:fs/promises';
import type { TrainingState } from '../src/checkpoint/checkpoint-state';
import { RunFolder, type LogEntry } from '../src/run/run-folder';
import { csvLog, writeCsvLog } from '../src/telemetry/csv-log';
import { temporaryFolder } from './temporary-folder';

const file = temporaryFolder();
const epoch = (n: number, metrics: Record<string, number>): LogEntry => {
  const numbers = { loss: 1 / (n + 1), learningRate: 1e-3, imagesPerSecond: 12.5 };
  return { event: 'epoch', step: 10 * (n + 1), epoch: n, ...numbers, metrics };
};
const step: LogEntry = { event: 'step', step: 1, epoch: 0, loss: 9, learningRate: 9, metrics: { other: 9 } };

test('csvLog() gives a row per epoch and a column for every name of epochs and evaluations', () => {
  const evaluation: LogEntry = { event: 'evaluation', step: 20, epoch: 1, stats: { AP: 0.25, 'PCK "h", all': 1e-7 } };
  const entries = [step, epoch(0, { accuracy: 0.5 }), epoch(1, { accuracy: 0.75, tag: -2 }), evaluation, epoch(2, {})];
  expect(csvLog(entries).split('\r\n')).toEqual([
    'step,epoch,learningRate,loss,imagesPerSecond,metrics.accuracy,metrics.tag,stats.AP,"stats.PCK ""h"", all"',
    '10,0,0.001,1,12.5,0.5,,,',
    '20,1,0.001,0.5,12.5,0.75,-2,0.25,1e-7',
    '30,2,0.001,0.3333333333333333,12.5,,,,',
    '',
  ]);
});

test('csvLog() gives an evaluation without an epoch before it a row of its own', () => {
  const first: LogEntry = { event: 'evaluation', step: 0, epoch: -1, stats: { AP: 0 } };
  expect(
    csvLog([first, epoch(0, {})])
      .split('\r\n')
      .slice(1),
  ).toEqual(['0,-1,,,,0', '10,0,0.001,1,12.5,', '']);
});

test('csvLog() of nothing is the header', () => {
  expect(csvLog([])).toBe('step,epoch,learningRate,loss,imagesPerSecond\r\n');
});

test('writeCsvLog() writes the same for a run that was resumed, without what its log had lost', async () => {
  const run = await RunFolder.create(file('run'), {});
  for (const entry of [step, epoch(0, { accuracy: NaN }), epoch(1, { accuracy: 0.5 })]) run.log(entry);
  await writeCsvLog(run);
  const text = () => readFile(file('run', 'metrics.csv'), 'utf8');
  const whole = await text();
  expect(whole).toBe(csvLog(run.entries));
  expect(whole).toContain('10,0,0.001,1,12.5,\r\n20,1,0.001,0.5,12.5,0.5\r\n');

  const at = (n: number) => ({ step: 20, epoch: n, evaluated: 0 }) as TrainingState;
  await writeCsvLog(await RunFolder.reopen(file('run'), at(2)));
  expect(await text()).toBe(whole);
  await writeCsvLog(await RunFolder.reopen(file('run'), at(1)));
  expect(await text()).toBe(whole.split('20,1')[0]);
});
