import { checkOption } from '../check-option';

export interface LinearWarmup {
  /** 0 for none, else 2 or more: the factor is 1 from the last of them on. */
  steps: number;
  /** Factor of the first step; mmpose: 0.001. */
  startFactor: number;
}

/**
 * The factor of a rate that warms up, as mmengine's LinearLR (mmengine/optim/scheduler/param_scheduler.py).
 *
 * @param step  from 0
 */
export function warmupFactor({ steps, startFactor }: LinearWarmup, step: number): number {
  if (step >= steps - 1) return 1;
  return startFactor + ((1 - startFactor) * step) / (steps - 1);
}

/** @throws TrainerError naming the number that is out of its range */
export function checkWarmup(schedule: string, { steps, startFactor }: LinearWarmup): void {
  const holds = Number.isSafeInteger(steps) && steps >= 0 && steps !== 1; // mmengine's never ends after a single step
  checkOption(`${schedule} warmup.steps`, steps, 'a whole number, 0 or from 2', holds);
  checkOption(
    `${schedule} warmup.startFactor`,
    startFactor,
    'a number from 0 to 1',
    startFactor >= 0 && startFactor <= 1,
  );
}
