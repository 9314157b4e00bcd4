import { checkAbove, checkAtLeast, checkFinite, fail } from '../check-values';

export interface OneEuroOptions {
  /** Cut-off frequency in hertz of a value that rests: lower smooths more and lags more. Default 1, as in the paper. */
  readonly minCutoff?: number;
  /** By how many hertz the cut-off rises with each unit per second of speed: higher lags less. Default 0. */
  readonly beta?: number;
  /** Cut-off frequency in hertz of the speed. Default 1, as in the paper. */
  readonly dCutoff?: number;
}

/** What a filter remembers of its past, as plain data. */
export interface OneEuroState {
  /** Filtered. */
  readonly value: number;
  /** Filtered, units per second. */
  readonly speed: number;
  /** Seconds. */
  readonly time: number;
}

/**
 * One-Euro filter of one number (Casiez, Roussel, Vogel 2012, "1 Euro Filter: A Simple Speed-based Low-pass Filter for
 * Noisy Input in Interactive Systems"): a low-pass filter whose cut-off frequency rises with the speed, so that a
 * resting value does not tremble and a fast one does not lag.
 */
export class OneEuroFilter {
  private readonly options: Required<OneEuroOptions>;
  private state: OneEuroState | null = null;

  /** @throws TrackError when an option is out of range */
  constructor(options: OneEuroOptions = {}) {
    this.options = oneEuroOptions(options);
  }

  /**
   * The first value comes back as it is.
   *
   * @param value in any unit
   * @param time  seconds, later than the last
   * @returns the filtered value
   * @throws TrackError when a number is not finite, or the time does not go on
   */
  filter(value: number, time: number): number {
    checkFinite('value', value);
    checkFinite('time', time);
    if (this.state && time <= this.state.time) fail('time', `seconds after ${this.state.time}, the last`, time);
    this.state = oneEuroStep(this.state, value, time, this.options);
    return this.state.value;
  }
}

/** @throws TrackError when an option is out of range */
export function oneEuroOptions({ minCutoff = 1, beta = 0, dCutoff = 1 }: OneEuroOptions): Required<OneEuroOptions> {
  checkAbove('options.minCutoff', minCutoff, 0);
  checkAtLeast('options.beta', beta, 0);
  checkAbove('options.dCutoff', dCutoff, 0);
  return { minCutoff, beta, dCutoff };
}

/** One step of the paper's algorithm 1; the speed is that from the last filtered value to the new raw one. */
export function oneEuroStep(
  last: OneEuroState | null,
  value: number,
  time: number,
  { minCutoff, beta, dCutoff }: Required<OneEuroOptions>,
): OneEuroState {
  if (!last) return { value, speed: 0, time };
  const elapsed = time - last.time;
  const speed = lowPass((value - last.value) / elapsed, last.speed, dCutoff, elapsed);
  const cutoff = minCutoff + beta * Math.abs(speed);
  return { value: lowPass(value, last.value, cutoff, elapsed), speed, time };
}

/** Exponential smoothing with the time constant 1 / (2 pi cutoff) for samples that are `elapsed` seconds apart. */
function lowPass(value: number, last: number, cutoff: number, elapsed: number): number {
  const timeConstant = 1 / (2 * Math.PI * cutoff);
  const alpha = 1 / (1 + timeConstant / elapsed);
  return alpha * value + (1 - alpha) * last;
}
