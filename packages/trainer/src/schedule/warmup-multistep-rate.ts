import { checkWarmup, warmupFactor, type LinearWarmup } from './linear-warmup';
import type { Schedule } from './schedule';
import { stepRate, type StepRateOptions } from './step-rate';

export interface WarmupMultistepRateOptions extends StepRateOptions {
  /** mmpose: 500 steps from 0.001. */
  warmup: LinearWarmup;
}

/**
 * A linear warm-up by step, and drops at given epochs: mmengine's LinearLR and MultiStepLR together, as mmpose's heatmap
 * networks are trained (configs/body_2d_keypoint/topdown_heatmap). The milestones count from the start, warm-up included.
 *
 * @throws TrainerError when the warm-up is out of its range
 */
export function warmupMultistepRate({ warmup, ...steps }: WarmupMultistepRateOptions): Schedule {
  checkWarmup('warmupMultistepRate', warmup);
  const { rate } = stepRate(steps);
  return { rate: (at) => rate(at) * warmupFactor(warmup, at.step) };
}
