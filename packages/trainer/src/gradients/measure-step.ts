import type { LayersModel } from '@tensorflow/tfjs-layers';
import { KeptWeights } from '../kept-weights';

/** Milliseconds of the faster of two runs: the first fills caches, and either may be held up by something else. */
export async function fasterOfTwo(run: () => Promise<unknown>): Promise<number> {
  const elapsed = async (): Promise<number> => {
    const started = performance.now();
    await run();
    return performance.now() - started;
  };
  return Math.min(await elapsed(), await elapsed());
}

/** Milliseconds of the faster of two steps, after one that is not measured. The model's weights are as before afterwards. */
export async function measureStep({ weights }: LayersModel, step: () => Promise<unknown>): Promise<number> {
  const before = new KeptWeights(weights);
  try {
    await step();
    return await fasterOfTwo(step);
  } finally {
    before.putBack();
    before.dispose();
  }
}
