import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { lineChart } from '@pose/pose-viz';
import { writePng } from '@pose/pose-viz/node';
import type { TrainingBatch } from '../data/training-data';
import { Gradients } from '../gradients/gradients';
import { ProgressReporter } from '../run/progress';
import type { TrainOptions } from '../train-options';
import { LossNotFiniteError, TrainerError } from '../trainer-error';
import { rehearse } from './rehearse';
import { trainingBatches } from './training-batches';

export interface FindLearningRateOptions {
  /** First rate. Default 1e-7. */
  from?: number;
  /** Last rate, unless the loss explodes before. Default 10. */
  to?: number;
  /** Default 100. */
  steps?: number;
}

export interface FoundLearningRate {
  /** Where the smoothed loss falls fastest. */
  suggestion: number;
  /** Rate and smoothed loss of each step. */
  points: { rate: number; loss: number }[];
  /** The chart, a PNG file in the run folder. */
  picture: string;
}

/** Weight of the past in the running mean of the losses. */
const SMOOTHING = 0.9;
/** A smoothed loss above this multiple of the lowest one ends the search. */
const EXPLODED = 4;

/**
 * Learning-rate range test (Smith 2017, "Cyclical Learning Rates for Training Neural Networks", section 3.3; rates rise
 * geometrically, as in fastai): some steps of the first phase, each on one batch and with a higher rate, until the loss
 * explodes or is no longer finite. Steps run as training's do, compiled where they are, but the gradients are not clipped.
 * The model's weights are as before afterwards.
 *
 * @throws TrainerError when an option is out of range, a sample cannot be read, or the loss is not finite from the start
 */
export async function findLearningRate<B extends TrainingBatch, Targets>(
  { model, task, phases, out, compile, precision, reporter = new ProgressReporter() }: TrainOptions<B, Targets>,
  { from = 1e-7, to = 10, steps = 100 }: FindLearningRateOptions = {},
): Promise<FoundLearningRate> {
  if (!(from > 0 && from < to)) throw new TrainerError(`from, to: expected 0 < from < to, found ${from} and ${to}.`);
  if (!Number.isSafeInteger(steps) || steps < 3) {
    throw new TrainerError(`steps: expected a whole number, 3 or more, found ${steps}.`);
  }
  const [phase] = phases;
  const optimizer = phase.optimizer();
  const passes = new Gradients({ model, task, phases, compile, precision }, (text) => reporter.line(text));
  reporter.start('find rate', steps);
  const points: FoundLearningRate['points'] = [];
  const tryRates = async () => {
    let [sum, lowest] = [0, Infinity];
    for await (const batch of trainingBatches(task)) {
      const rate = from * (to / from) ** (points.length / (steps - 1));
      const { loss } = await passes.step(batch, 0, optimizer, rate);
      batch.release();
      sum = SMOOTHING * sum + (1 - SMOOTHING) * loss;
      const smoothed = sum / (1 - SMOOTHING ** (points.length + 1));
      points.push({ rate, loss: smoothed });
      lowest = Math.min(lowest, smoothed);
      reporter.advance(1, { loss: smoothed.toExponential(3), rate: rate.toExponential(1) });
      if (points.length === steps || smoothed > EXPLODED * lowest) return;
    }
  };
  try {
    await rehearse(model, phase, () => tryRates().finally(() => passes.forget()));
  } catch (error) {
    if (!(error instanceof LossNotFiniteError) || points.length === 0) throw error;
  } finally {
    optimizer.dispose();
    reporter.stop();
  }
  const suggestion = steepest(points);
  const picture = join(out, 'learning-rate-finder.png');
  await mkdir(out, { recursive: true });
  await writePng(picture, chart(points, suggestion));
  return { suggestion, points, picture };
}

/** The rate at which the loss falls fastest per factor of the rate; points are evenly spaced in its logarithm. */
function steepest(points: FoundLearningRate['points']): number {
  let [best, fall] = [0, Infinity];
  for (let i = 1; i + 1 < points.length; i++) {
    const change = points[i + 1].loss - points[i - 1].loss;
    if (change < fall) [best, fall] = [i, change];
  }
  return points[best].rate;
}

function chart(points: FoundLearningRate['points'], suggestion: number) {
  const exponents = points.map(({ rate, loss }): [number, number] => [Math.log10(rate), loss]);
  const losses = exponents.map(([, loss]) => loss);
  const at = Math.log10(suggestion);
  return lineChart({
    title: `Learning rate: falls fastest at ${suggestion.toExponential(1)}`,
    xLabel: 'log10 of the learning rate',
    yLabel: 'loss, smoothed',
    logY: true,
    series: [
      { name: 'loss', points: exponents },
      {
        name: 'suggestion',
        points: [
          [at, Math.min(...losses)],
          [at, Math.max(...losses)],
        ],
      },
    ],
  });
}
