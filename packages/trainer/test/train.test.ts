import type { ChildProcess } from 'node:child_process';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { LogEntry } from '../src/run/run-folder';
import type { TrainingState } from '../src/checkpoint/checkpoint-state';
import { runChild, type Ended } from './children/run-child';
import { tinyData } from './synthetic-data';
import { temporaryFolder } from './temporary-folder';

const file = temporaryFolder();
const EPOCHS = 4;
const WHOLE = { epochs: EPOCHS, evaluateEvery: 2 };
let whole: Ended;

/** A signal, sent `delay` milliseconds after the given step is in the log. */
interface Stop {
  signal: NodeJS.Signals;
  step: number;
  delay?: number;
}

/** Runs children/train.cjs. */
async function run(name: string, options: Record<string, unknown>, stop?: Stop): Promise<Ended> {
  const input = { root: file('data'), out: file(name), ...WHOLE, ...options };
  let watched = false;
  let running = true;
  const signalAtStep = async (child: ChildProcess, { signal, step, delay = 0 }: Stop) => {
    while (running && (await steps(name)).length < step) await setTimeout(3);
    await setTimeout(delay);
    if (running) child.kill(signal); // once: a second signal would end the run at once
  };
  const ended = await runChild('train.cjs', {
    input,
    onLine: (line, child) => {
      if (!stop || !line.startsWith('start epoch') || watched) return;
      watched = true;
      void signalAtStep(child, stop);
    },
  });
  running = false;
  return ended;
}

async function log(name: string): Promise<LogEntry[]> {
  const text = await readFile(file(name, 'log.jsonl'), 'utf8').catch(() => '');
  const lines = text.split('\n').filter((line) => line.endsWith('}'));
  return lines.map((line) => JSON.parse(line) as LogEntry);
}

const steps = async (name: string) => (await log(name)).filter(({ event }) => event === 'step');
/** The log without the one thing that no two runs have in common, the speed. */
const comparable = async (name: string) => (await log(name)).map((entry) => ({ ...entry, imagesPerSecond: undefined }));

async function checkpoint(name: string, which: 'last' | 'best'): Promise<{ state: TrainingState; bytes: Buffer[] }> {
  const folder = file(name, 'checkpoints', which);
  const json = JSON.parse(await readFile(`${folder}/model.json`, 'utf8'));
  const { state, optimizer, average } = json.userDefinedMetadata.pose;
  const binary = [optimizer, average].filter(Boolean).map(({ file: name }) => name as string);
  const names: string[] = [json.weightsManifest[0].paths[0], ...binary];
  const files = (await readdir(folder)).sort();
  // What a killed save leaves goes with the next save; there is none after the last step.
  if (name.startsWith('killed')) expect(files).toEqual(expect.arrayContaining(['model.json', ...names]));
  else expect(files).toEqual(['model.json', ...names].sort());
  return { state, bytes: await Promise.all(names.map((each) => readFile(`${folder}/${each}`))) };
}

/** Everything that the uninterrupted run left is there to the bit: log, weights, optimizer, `best`, result. */
async function expectSameRun(name: string, ended: Ended, as = 'whole', uninterrupted = whole): Promise<void> {
  expect(await comparable(name)).toEqual(await comparable(as));
  for (const which of ['last', 'best'] as const)
    expect(await checkpoint(name, which)).toEqual(await checkpoint(as, which));
  expect(resultOf(ended)).toEqual(resultOf(uninterrupted));
  expect(await readdir(file(name))).toEqual(await readdir(file(as)));
}

const resultOf = ({ stdout }: Ended) => JSON.parse(stdout.trim().split('\n').at(-1) as string);

beforeAll(async () => {
  await tinyData(file('data'), { train: 8, val: 3 });
  whole = await run('whole', {});
}, 60_000);

test('a run leaves config, log, checkpoints, pictures, results and a report', async () => {
  expect(whole.stderr).not.toContain('Error');
  expect(whole.code).toBe(0);
  expect((await readdir(file('whole'))).sort()).toEqual([
    'accuracy.png',
    'checkpoints',
    'config.json',
    'evaluation.png',
    'learning-rate.png',
    'log.jsonl',
    'loss.png',
    'metrics.csv',
    'predictions-worst.png',
    'predictions.png',
    'report.html',
    'results.json',
  ]);
  expect((await readdir(file('whole/checkpoints'))).sort()).toEqual(['best', 'last']);

  const entries = await log('whole');
  const stepEntries = entries.filter((entry) => entry.event === 'step');
  expect(stepEntries.map(({ step }) => step)).toEqual(stepEntries.map((_, i) => i + 1));
  expect(stepEntries.map(({ learningRate }) => learningRate)).toEqual(
    stepEntries.map(({ epoch }) => (epoch < 2 ? 1e-3 : 1e-3 * 0.1)),
  );
  const epochs = entries.filter((entry) => entry.event === 'epoch');
  expect(epochs.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3]);
  expect(epochs[3].loss).toBeLessThan(epochs[0].loss);
  expect(epochs.every(({ imagesPerSecond }) => imagesPerSecond > 0)).toBe(true);
  expect(entries.filter(({ event }) => event === 'evaluation').map(({ epoch }) => epoch)).toEqual([1, 3]);

  const { stats, loss, metrics, interrupted } = resultOf(whole);
  expect({ loss, metrics, interrupted }).toEqual({
    loss: epochs[3].loss,
    metrics: epochs[3].metrics,
    interrupted: false,
  });
  expect(stats).toEqual(entries.at(-1)?.event === 'evaluation' && (entries.at(-1) as { stats: unknown }).stats);
  const results = JSON.parse(await readFile(file('whole/results.json'), 'utf8'));
  expect(results[0].keypoints).toHaveLength(51);
  expect(await readFile(file('whole/report.html'), 'utf8')).toContain('slim 64x64');
  const { state } = await checkpoint('whole', 'last');
  expect(state).toMatchObject({ epoch: EPOCHS, batch: 0, step: stepEntries.length, evaluated: EPOCHS, seed: 1 });
});

test('the number of workers changes nothing', async () => {
  await expectSameRun('workers', await run('workers', { workers: 2 }));
});

test('a run interrupted at the end of an epoch goes on as if it had not been', async () => {
  // Two epochs of a schedule for four: the evaluation after the second is due in both.
  await run('boundary', { epochs: 2 });
  await expectSameRun('boundary', await run('boundary', { resume: true, weights: 9 }));
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s in the middle of an epoch finishes the step, says how to go on, and --resume goes on as if nothing had been',
  async (signal) => {
    const perEpoch = (await steps('whole')).filter(({ epoch }) => epoch === 0).length;
    const stopped = await run(signal, {}, { signal, step: perEpoch + 1 });
    expect(stopped.code).toBe(0);
    expect(resultOf(stopped).interrupted).toBe(true);
    expect(resultOf(stopped).stats).toBeUndefined();
    expect(stopped.stderr).toContain('Finishing the step under way; press Ctrl-C again to stop at once.');
    const { state } = await checkpoint(signal, 'last');
    expect(stopped.stderr).toContain(
      `Interrupted after step ${state.step}; saved ${file(`${signal}/checkpoints/last`)}.`,
    );
    expect(state.step).toBe((await steps(signal)).length);
    expect(state.step).toBeLessThan((await steps('whole')).length);
    await expectSameRun(signal, await run(signal, { resume: true, weights: 9 }));
  },
);

test('kill -9 at random moments loses no more than the steps since the last save', async () => {
  await expectSameRun('killed', await runKilled('killed', {}, (await steps('whole')).length));
});

test('so it is with everything at once: phases, accumulation, clipping, average, validation loss, Ada-Batch, TensorBoard', async () => {
  const options = {
    warmUp: 1,
    accumulate: 2,
    clipNorm: 0.05,
    averageDecay: 0.2,
    validationLoss: true,
    evaluateEvery: 1,
    adaBatch: true,
  };
  const ended = await run('all', { ...options, events: file('all-events') });
  expect(ended.stderr).not.toContain('Error');
  const taken = await steps('all');
  const { state } = await checkpoint('all', 'last');
  expect(state).toMatchObject({
    epoch: EPOCHS,
    epochsBeforePhase: 1,
    schedule: { badEpochs: 0 },
    sampler: { epoch: 3 },
  });
  await expectSameRun(
    'killed-all',
    await runKilled('killed-all', { ...options, events: file('killed-all-events') }, taken.length),
    'all',
    ended,
  );
});

/** Kills a run several times, resumes it each time with other weights, and lets it come to its end of `all` steps. */
async function runKilled(name: string, options: Record<string, unknown>, all: number): Promise<Ended> {
  const moments: string[] = [];
  let ended: Ended | undefined;
  for (let round = 0; round < 5; round++) {
    const done = (await steps(name)).length;
    const stop = {
      signal: 'SIGKILL',
      step: Math.min(all, done + 1 + round),
      delay: Math.floor(Math.random() * 120),
    } as const;
    ended = await run(name, { ...options, saveEvery: 0, resume: round > 0, weights: round + 1 }, stop);
    moments.push(`${stop.step} + ${stop.delay} ms: ${ended.signal}`);
    if (ended.signal === null) break;
    const { state } = await checkpointOrNothing(name);
    // At most the step that was being saved is logged beyond the checkpoint.
    expect({ moments, lost: (await steps(name)).length - state.step <= 1 }).toEqual({ moments, lost: true });
  }
  if (ended?.signal !== null) ended = await run(name, { ...options, saveEvery: 0, resume: true, weights: 9 });
  const { code, stderr } = ended;
  expect({ moments, code, error: stderr.includes('Error') }).toEqual({ moments, code: 0, error: false });
  expect(moments[0]).toContain('SIGKILL');
  return ended;
}

/** `checkpoint` without the check for left-over files, which a killed save may leave until the next. */
async function checkpointOrNothing(name: string): Promise<{ state: TrainingState }> {
  const json = JSON.parse(await readFile(file(name, 'checkpoints/last/model.json'), 'utf8'));
  return { state: json.userDefinedMetadata.pose.state };
}

test('a complete run that is resumed is evaluated and reported again, not trained; what was half-written goes', async () => {
  await cp(file('whole'), file('complete'), { recursive: true });
  await rm(file('complete/report.html'));
  for (const half of ['.loss.png.3c17d0cf-4ad1.tmp', 'log.jsonl.123.tmp', 'metrics.csv.123.tmp'])
    await writeFile(file('complete', half), '');
  const ended = await run('complete', { resume: true, weights: 9 });
  expect(ended.stdout).not.toContain('start epoch');
  await expectSameRun('complete', ended);
});

describe('a run is not resumed', () => {
  const failure = async (options: Record<string, unknown>, name = 'whole') => {
    const { code, stderr } = await run(name, { resume: true, ...options });
    expect(code).toBe(1);
    return stderr;
  };

  test('with another seed, batch size, data set or model, nor where there is none', async () => {
    const before = await comparable('whole');
    await tinyData(file('other-data'), { train: 2, val: 1 });
    const last = file('whole/checkpoints/last');
    expect(await failure({ seed: 2 })).toContain(
      `TrainerError: ${last}: seed: expected 2, found 1. A run resumes with its own.`,
    );
    expect(await failure({ batchSize: 3 })).toContain('batch size: expected 3, found 2');
    expect(await failure({ root: file('other-data') })).toMatch(/samples to train on: expected \d+, found \d+/);
    expect(await failure({ inputSize: [32, 32] })).toContain('is a checkpoint of another model');
    expect(await failure({}, 'nowhere')).toContain(
      `TrainerError: No checkpoint at ${file('nowhere/checkpoints/last/model.json')}`,
    );
    expect(await comparable('whole')).toEqual(before);
  });
});

test('a folder that holds a run is not overwritten, and options out of range are refused', async () => {
  const before = await comparable('whole');
  expect((await run('whole', {})).stderr).toContain(
    `TrainerError: ${file('whole')} holds a run already. Continue it with --resume, or choose another --out.`,
  );
  expect(await comparable('whole')).toEqual(before);
  expect((await run('none', { epochs: 0 })).stderr).toContain(
    'TrainerError: epochs: expected a whole number, 1 or more, found 0.',
  );
});

test('a loss that is no longer finite ends the run, and the checkpoint before it stays good', async () => {
  // So high a rate drives the weights beyond float32 within a few steps.
  const ended = await run('diverged', { learningRate: 1e30 });
  expect(ended.code).toBe(1);
  expect(ended.stderr).toMatch(/TrainerError: The loss became (NaN|Infinity) on the annotations [\d, ]+\./);
  const { state, bytes } = await checkpoint('diverged', 'last');
  expect(state.step).toBe(0);
  const weights = new Float32Array(new Uint8Array(bytes[0]).buffer);
  expect(weights.every(Number.isFinite)).toBe(true);
});

test.each([0, 2])(
  'an image that is missing (%i workers) loses no step: put back, the run goes on as if nothing had been',
  async (workers) => {
    const name = `missing-${workers}`;
    const root = file(`data-${workers}`);
    await cp(file('data'), root, { recursive: true });
    const [image] = (await readdir(`${root}/train2017`)).slice(-1);
    await rm(`${root}/train2017/${image}`);
    const ended = await run(name, { root, workers });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain(
      `TrainerError: Could not prepare a batch. ${root}/train2017/${image}: expected an image`,
    );
    const { state } = await checkpoint(name, 'last');
    expect(ended.stderr).toContain(
      `Saved ${file(name, 'checkpoints/last')}; --resume goes on from step ${state.step}.`,
    );
    expect(state.step).toBe((await steps(name)).length);
    await cp(file('data/train2017', image), `${root}/train2017/${image}`);
    await expectSameRun(name, await run(name, { root, workers, resume: true }));
  },
);

test('a run from a crop cache is the run from the images, to the bit', async () => {
  const ended = await run('cached', { cropCache: file('crops.cache') });
  expect(ended.stderr).toContain('crop cache');
  await expectSameRun('cached', ended);
});

test('a run that skips images that cannot be used says so once for each, trains and reports on the others', async () => {
  await cp(file('data'), file('broken'), { recursive: true });
  const broken: string[] = [];
  for (const folder of ['train2017', 'val2017']) {
    const [first] = (await readdir(file('broken', folder))).sort();
    broken.push(first);
    await writeFile(file('broken', folder, first), 'no image');
  }
  const failing = await run('failing', { root: file('broken') });
  expect(failing.code).toBe(1);
  expect(failing.stderr).toContain(broken[0]);

  const ended = await run('skipping', { root: file('broken'), onUnreadable: 'skip' });
  expect(ended.code).toBe(0);
  for (const name of broken) expect(ended.stderr.split(`${name}: expected a whole image`)).toHaveLength(2);
  const epochs = (await log('skipping')).filter(({ event }) => event === 'epoch');
  expect(epochs).toHaveLength(EPOCHS);
  const { images } = JSON.parse(await readFile(file('broken/annotations/person_keypoints_val2017.json'), 'utf8'));
  const { id } = images.find((image: { file_name: string }) => image.file_name === broken[1]);
  const results: { image_id: number }[] = JSON.parse(await readFile(file('skipping/results.json'), 'utf8'));
  const all: { image_id: number }[] = JSON.parse(await readFile(file('whole/results.json'), 'utf8'));
  expect(results.map(({ image_id }) => image_id)).toEqual(
    all.map(({ image_id }) => image_id).filter((image_id) => image_id !== id),
  );
  expect(await readdir(file('skipping'))).toEqual(await readdir(file('whole')));
});
