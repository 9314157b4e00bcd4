import { createRandom } from '@pose/pose-augment';

/** The order of an epoch's samples: a Fisher-Yates shuffle of 0..count-1 that depends on seed and epoch alone. */
export function shuffledOrder(count: number, seed: number, epoch: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  const random = createRandom([seed, epoch]);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
