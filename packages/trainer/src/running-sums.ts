import type { StepResult } from './train-step';

/** Sums over samples, of which means are made; plain data, for a checkpoint. */
export interface RunningSums {
  samples: number;
  loss: number;
  metrics: Record<string, number>;
}

type Means = Pick<StepResult, 'loss' | 'metrics'>;

export const noSums = (): RunningSums => ({ samples: 0, loss: 0, metrics: {} });

/** The sums that belong to the means of `count` samples. */
export function sumsOf({ loss, metrics }: Means, count: number): RunningSums {
  return { samples: count, loss: loss * count, metrics: mapped(metrics, (mean) => mean * count) };
}

export function addSums(sums: RunningSums, { samples, loss, metrics }: RunningSums): void {
  sums.samples += samples;
  sums.loss += loss;
  for (const [name, sum] of Object.entries(metrics)) sums.metrics[name] = (sums.metrics[name] ?? 0) + sum;
}

export function meansOf({ samples, loss, metrics }: RunningSums): Means {
  return { loss: loss / samples, metrics: mapped(metrics, (sum) => sum / samples) };
}

function mapped(numbers: Record<string, number>, change: (number: number) => number): Record<string, number> {
  return Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, change(number)]));
}
