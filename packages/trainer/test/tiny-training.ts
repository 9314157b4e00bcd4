import { readFile } from 'node:fs/promises';
import { createRandom } from '@pose/pose-augment';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { loadCheckpoint } from '../src/checkpoint/load-checkpoint';
import type { ModelDescription } from '@pose/predictor';
import type { Batch } from '../src/data/batch-loader';
import type { EvaluationData, TrainingData } from '../src/data/training-data';
import type { Evaluator } from '../src/evaluation/evaluator';
import { predictOutputs } from '@pose/predictor';
import { Adam } from '../src/optimizer/adam';
import type { Phase } from '../src/phase';
import type { Reporter } from '../src/run/reporter';
import type { LogEntry } from '../src/run/run-folder';
import { constantRate } from '../src/schedule/constant-rate';
import type { Task } from '../src/task/task';
import { HEATMAP_OBJECTIVE, type TopDownTargets } from '../src/task/top-down-task';
import { train, type TrainResult } from '../src/train';
import type { TrainOptions } from '../src/train-options';
import { slimModel } from './slim-model.cjs';

// Training in memory, so small that a whole run takes a moment.

const [SIZE, HEATMAP, KEYPOINTS] = [16, 4, 2];
export const DESCRIPTION: ModelDescription = {
  name: 'tiny',
  options: { inputSize: [SIZE, SIZE], keypoints: KEYPOINTS },
  keypointNames: ['left', 'right'],
  flipPairs: [[0, 1]],
};

export type TinyTask = Task<Batch, TopDownTargets>;
export type TinyOptions = TrainOptions<Batch, TopDownTargets>;

export const tinyModel = (seed = 1): LayersModel =>
  slimModel({ inputSize: [SIZE, SIZE], keypoints: KEYPOINTS, width: 4, depth: 0, seed });

export interface TinyDataOptions {
  samples?: number;
  batchSize?: number;
  /** Called before a batch is made: what it throws is an unreadable sample; false leaves the whole batch out. */
  read?: (epoch: number, index: number) => boolean;
}

/** Noise, different in each epoch, with heatmaps of noise. */
export function tinyData({ samples = 7, batchSize = 2, read = () => true }: TinyDataOptions = {}): TrainingData<Batch> &
  EvaluationData<Batch> {
  async function* chosen(places: Uint32Array, epoch: number, first: number): AsyncGenerator<Batch> {
    for (let index = first; index * batchSize < places.length; index++) {
      const some = [...places.subarray(index * batchSize, (index + 1) * batchSize)];
      if (read(epoch, index)) yield tinyBatch(some, epoch, index);
    }
  }
  const inOrder = () =>
    chosen(
      Uint32Array.from({ length: samples }, (_, i) => i),
      0,
      0,
    );
  return { samples, batchSize, seed: 1, chosen, inOrder };
}

export function tinyBatch(places: readonly number[], epoch = 0, index = 0): Batch {
  const numbers = (length: number, stream: number) =>
    Float32Array.from(
      places.flatMap((place) => {
        const random = createRandom([place, epoch, stream]);
        return Array.from({ length }, () => random.uniform() - 0.5);
      }),
    );
  return {
    input: numbers(SIZE * SIZE * 3, 0),
    targets: [numbers(HEATMAP * HEATMAP * KEYPOINTS, 1)],
    weight: new Float32Array(places.length * KEYPOINTS).fill(1),
    crops: new Float32Array(places.length * 4),
    items: places.map((place) => ({ imageId: place, imageFile: `${place}.jpg`, annotationId: 100 + place })) as never,
    places: [...places],
    index,
    release: () => undefined,
  };
}

/** Its score changes with every weight of the network. */
export function tinyEvaluator(data: EvaluationData<Batch> = tinyData({ samples: 3 })): Evaluator<Batch> {
  return {
    data,
    selectBy: 'score',
    predict: async (network, { input, items }) => {
      const [{ values }] = await predictOutputs(network, input, [0]);
      return [{ values, shape: [items.length, values.length] }];
    },
    decode: ([{ values, shape }], { items }) =>
      items.map(({ imageId }, i) => {
        const keypoints = [...values.subarray((i * shape[1]) / shape[0], ((i + 1) * shape[1]) / shape[0])];
        return { image_id: imageId, category_id: 1, keypoints, score: 1 };
      }),
    metric: (results) => ({
      score: results.flatMap(({ keypoints }) => Array.from(keypoints)).reduce((a, b) => a + Math.abs(b), 0),
    }),
  };
}

export function tinyTask(options: TinyDataOptions = {}): TinyTask {
  return { ...HEATMAP_OBJECTIVE, data: tinyData(options), evaluator: tinyEvaluator() };
}

export function tinyPhase(options: Partial<Phase> = {}): Phase {
  return { epochs: 2, optimizer: () => new Adam(), schedule: () => constantRate(1e-2), ...options };
}

export interface TinyRun {
  result: TrainResult;
  model: LayersModel;
  /** Messages to the user. */
  lines: string[];
  log: LogEntry[];
}

/** Trains in the folder `out`: two epochs of four steps, unless the options say otherwise. */
export async function trainTiny(out: string, options: Partial<TinyOptions> = {}): Promise<TinyRun> {
  const lines: string[] = [];
  const quiet = () => undefined;
  const reporter: Reporter = { start: quiet, advance: quiet, stop: quiet, line: (text) => lines.push(text) };
  const model = options.model ?? tinyModel();
  const all: TinyOptions = {
    description: DESCRIPTION,
    task: tinyTask(),
    phases: [tinyPhase()],
    saveEvery: 0,
    config: {},
    reporter,
    ...options,
    model,
    out,
  };
  const result = await train(all);
  return { result, model, lines, log: await readLog(out) };
}

/** Without the one thing that no two runs have in common, the speed. */
export async function readLog(out: string): Promise<LogEntry[]> {
  const lines = (await readFile(`${out}/log.jsonl`, 'utf8')).trim().split('\n');
  return lines.map((line) => ({ ...(JSON.parse(line) as LogEntry), imagesPerSecond: 0 }));
}

/** All numbers of the checkpoint `last`. */
export async function readLast(out: string) {
  const { state, optimizer, average, artifacts } = await loadCheckpoint(`${out}/checkpoints/last`);
  return { state, optimizer, average, weights: [...new Float32Array(artifacts.weightData as ArrayBuffer)] };
}

/**
 * Trains once as a whole; then once for each of the optimizer steps, up to which it trains, fails, and goes on with other
 * weights in a new run of the same options: log and checkpoint must be the same, to the bit.
 *
 * @param options  called anew for each run
 * @returns the uninterrupted run
 */
export async function expectResumes(
  folder: string,
  options: () => Partial<TinyOptions>,
  steps: readonly number[],
): Promise<TinyRun> {
  const whole = await trainTiny(`${folder}/whole`, options());
  const last = await readLast(`${folder}/whole`);
  for (const at of steps) {
    const out = `${folder}/${at}`;
    const failing = {
      onStep: ({ step }: { step: number }) => (step === at ? Promise.reject(new Error('crash')) : undefined),
    };
    await expect(trainTiny(out, { ...options(), hooks: [failing] })).rejects.toThrow('crash');
    const { result, log } = await trainTiny(out, { ...options(), resume: true, model: tinyModel(9) });
    expect({ at, log }).toEqual({ at, log: whole.log });
    expect(await readLast(out)).toEqual(last);
    expect(result.evaluation).toEqual(whole.result.evaluation);
  }
  return whole;
}
