import type * as tfl from '@tensorflow/tfjs-layers';
import { splitChannels } from '../../layers/split-channels';
import { concat, multiply, upsampleNearest } from '../../layers/elementwise';
import { averagePoolTo } from '../../layers/pooling';
import { convModule } from './conv-module';

/** All channels together over the width between the two convolutions. */
const REDUCTION = 8;

/**
 * Cross-resolution weight computation (Yu et al. 2021, section 3.2, eq. 3 to 5): all branches at the lowest resolution
 * decide what each pixel of each channel is multiplied by.
 *
 * @param branches  [N, H, W, C] each, from high to low resolution, each half the one before
 * @returns of the same shapes
 */
export function crossResolutionWeighting(branches: readonly tfl.SymbolicTensor[], name: string): tfl.SymbolicTensor[] {
  const lowest = branches[branches.length - 1];
  const [, height, width] = lowest.shape as number[];
  const widths = branches.map(({ shape }) => shape[3]!);
  const total = widths.reduce((sum, channels) => sum + channels, 0);

  const pooled = branches.map((x, i) => (x === lowest ? x : averagePoolTo(x, `${name}.pool.${i}`, [height, width])));
  let weights = concat(pooled, `${name}.concat`); //                                           (N, h, w, total)
  weights = convModule(weights, `${name}.conv1`, Math.floor(total / REDUCTION));
  weights = convModule(weights, `${name}.conv2`, total, { activation: 'sigmoid' }); //         (N, h, w, total)
  const parts = splitChannels(weights, `${name}.split`, widths);
  return branches.map((x, i) => {
    const factor = x.shape[1]! / height;
    const own = factor === 1 ? parts[i] : upsampleNearest(parts[i], `${name}.upsample.${i}`, factor);
    return multiply(x, own, `${name}.multiply.${i}`);
  });
}
