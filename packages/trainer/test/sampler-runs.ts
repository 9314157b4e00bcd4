import { createRandom } from '@pose/pose-augment';
import type { Sampler } from '../src/sampler/sampler';

/** Loss of a sample in an epoch. */
export type Losses = (place: number, epoch: number) => number;

/** Drives a sampler through the batches of an epoch, from batch `first` up to, not including, `end`. */
export function driveEpoch(
  sampler: Sampler,
  epoch: number,
  losses: Losses,
  { batchSize = 20, first = 0, end = Infinity } = {},
): Uint32Array {
  const order = sampler.order(epoch);
  for (let batch = first; batch < Math.min(end, order.length / batchSize); batch++) {
    const places = [...order.subarray(batch * batchSize, (batch + 1) * batchSize)];
    sampler.observe?.(
      places,
      Float32Array.from(places, (place) => losses(place, epoch)),
    );
  }
  return order;
}

/** Losses that are drawn anew each epoch; of every sample for which `isHard` holds, far above the others. */
export function noisyLosses(isHard: (place: number) => boolean = () => false): Losses {
  return (place, epoch) => createRandom([place, epoch]).uniform() + (isHard(place) ? 10 : 0);
}
