import { TrainerError } from '../trainer-error';

export interface AdaBatchOptions {
  /** How many there are. */
  samples: number;
  /** Seed of the shuffle. Default 0. */
  seed?: number;
  /** Share of each batch that counts as easy. Default 0.3. */
  easyShare?: number;
  /** Share of each batch that counts as hard; also the largest share of all samples that is put off at a time. Default 0.3. */
  hardShare?: number;
  /** Visits in a row in which a sample that was never easy is hard before it is put off. Default 2. */
  patience?: number;
  /** Epochs that a sample is left out when it is put off for the first time; twice as many the second time, and so on. Default 2. */
  delay?: number;
}

/**
 * Fills in the defaults.
 *
 * @throws TrainerError naming the option that is out of range
 */
export function completeOptions(options: AdaBatchOptions): Required<AdaBatchOptions> {
  const { samples, seed = 0, easyShare = 0.3, hardShare = 0.3, patience = 2, delay = 2 } = options;
  requireWhole('samples', samples, 1, 2 ** 32 - 1);
  requireWhole('seed', seed, 0, Number.MAX_SAFE_INTEGER);
  if (!(easyShare > 0 && hardShare > 0 && easyShare + hardShare <= 1)) {
    throw new TrainerError(
      `AdaBatch: expected easyShare and hardShare above 0 that add up to 1 or less, found ${easyShare} and ${hardShare}.`,
    );
  }
  requireWhole('patience', patience, 1, 255);
  requireWhole('delay', delay, 1, 255);
  return { samples, seed, easyShare, hardShare, patience, delay };
}

function requireWhole(name: string, found: number, least: number, most: number): void {
  if (!Number.isSafeInteger(found) || found < least || found > most) {
    throw new TrainerError(`AdaBatch: expected ${name} to be a whole number from ${least} to ${most}, found ${found}.`);
  }
}
