import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** Milliseconds of the faster of two runs: the first fills caches, and either may be held up by something else. */
export async function fasterOfTwo(run: () => Promise<unknown>): Promise<number> {
  const elapsed = async (): Promise<number> => {
    const started = performance.now();
    await run();
    return performance.now() - started;
  };
  return Math.min(await elapsed(), await elapsed());
}

/** Milliseconds that a step takes, after one that is not measured. The model's weights are as before afterwards. */
export async function measureStep({ weights }: LayersModel, step: () => Promise<unknown>): Promise<number> {
  let elapsed = 0;
  for (let run = 0; run < 2; run++) {
    const values = weights.map((weight) => tf.clone(weight.read()));
    try {
      const started = performance.now();
      await step();
      elapsed = performance.now() - started;
    } finally {
      values.forEach((before, i) => weights[i].write(before));
      tf.dispose(values);
    }
  }
  return elapsed;
}
