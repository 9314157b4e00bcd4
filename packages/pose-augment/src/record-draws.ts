import type { Draw } from './draw';
import type { Random } from './random';

export interface RecordingRandom extends Random {
  /** what was drawn so far, in order; plain data, fit for JSON */
  readonly draws: readonly Draw[];
  forStep(step: string): RecordingRandom;
}

/**
 * The same generator, which remembers what it gave and, in a `pipeline`, to which step. `replayDraws` runs the pipeline
 * again from the list.
 */
export function recordDraws(random: Random): RecordingRandom {
  return recorder(random, []);
}

function recorder(random: Random, draws: Draw[], path?: string): RecordingRandom {
  const note = (kind: Draw['kind'], value: number): number => {
    draws.push(path === undefined ? { kind, value } : { kind, value, step: path });
    return value;
  };
  return {
    draws,
    uniform: () => note('uniform', random.uniform()),
    normal: () => note('normal', random.normal()),
    forStep: (step) => recorder(random.forStep?.(step) ?? random, draws, stepPath(path, step)),
  };
}

/** Where a step stands in nested pipelines. */
export function stepPath(outer: string | undefined, step: string): string {
  return outer === undefined ? step : `${outer}/${step}`;
}
