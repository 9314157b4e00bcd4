import { util, type io } from '@tensorflow/tfjs-core';
import { TrainerError } from '../trainer-error';

/**
 * A network that diverged must not replace a checkpoint that did not.
 *
 * @param data   all weights, float32, one after the other in the order of `specs`
 * @throws TrainerError naming the first weight that holds NaN or infinity
 */
export function requireFiniteWeights(
  data: Uint8Array,
  specs: readonly io.WeightsManifestEntry[],
  folder: string,
): void {
  const values = new Float32Array(data.buffer, data.byteOffset, data.byteLength / 4);
  let at = 0;
  for (const { name, shape } of specs) {
    const end = at + util.sizeFromShape(shape);
    for (; at < end; at++) {
      // True for NaN and both infinities, and for nothing else.
      if (values[at] - values[at] !== 0) {
        throw new TrainerError(
          `Expected finite weights to save in ${folder}, found ${values[at]} in '${name}': the training diverged. ` +
            'The previous checkpoint, if any, is untouched; go on from it with --resume and a lower learning rate.',
        );
      }
    }
  }
}
