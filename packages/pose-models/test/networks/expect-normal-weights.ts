import type * as tfl from '@tensorflow/tfjs-layers';
import { torchEntries } from '../../src';

/** Kernels drawn with mean zero and that standard deviation, within five standard errors; biases zero; batch norm as it starts. */
export function expectNormalWeights(model: tfl.LayersModel, standardDeviation: number): void {
  for (const { key, shape, weight } of torchEntries(model)) {
    const values = Array.from(weight.read().dataSync());
    if (shape.length === 4) {
      const spread = Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
      expect(Math.abs(spread / standardDeviation - 1)).toBeLessThan(5 / Math.sqrt(2 * values.length));
    } else {
      // Scale and variance of a batch norm; its offset and mean, and biases of convolutions.
      expect({ key, values }).toEqual({
        key,
        values: Array(shape[0]).fill(/\.(weight|running_var)$/.test(key) ? 1 : 0),
      });
    }
  }
}
