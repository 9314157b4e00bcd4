import type * as tfl from '@tensorflow/tfjs-layers';
import { shuffleChannels } from '../../layers/shuffle-channels';
import { halves } from '../../layers/split-channels';
import { multiply } from '../../layers/elementwise';
import { averagePoolTo } from '../../layers/pooling';
import { convModule, depthwiseModule } from './conv-module';
import { crossResolutionWeighting } from './cross-resolution-weighting';

/** Channels over the width between the two convolutions of spatial weighting. */
const SPATIAL_REDUCTION = 4;

/**
 * The block of Lite-HRNet (Yu et al. 2021, figure 3b), over all branches at once: half of each branch's channels are
 * weighted across resolutions, pass a depthwise convolution, and are weighted over space.
 *
 * @param branches  [N, H, W, C] each, from high to low resolution
 * @returns of the same shapes
 */
export function conditionalChannelWeighting(
  branches: readonly tfl.SymbolicTensor[],
  name: string,
): tfl.SymbolicTensor[] {
  const parts = branches.map((x, i) => halves(x, `${name}.split.${i}`));
  let seconds = crossResolutionWeighting(
    parts.map(([, second]) => second),
    `${name}.cross_resolution_weighting`,
  );
  seconds = seconds.map((x, i) => depthwiseModule(x, `${name}.depthwise_convs.${i}`));
  seconds = seconds.map((x, i) => spatialWeighting(x, `${name}.spatial_weighting.${i}`));
  return parts.map(([first], i) => shuffleChannels(first, seconds[i], `${name}.shuffle.${i}`));
}

/** Spatial weight computation (section 3.2, eq. 6): every channel times a factor that its means decide. */
function spatialWeighting(x: tfl.SymbolicTensor, name: string): tfl.SymbolicTensor {
  const width = x.shape[3]!;
  let factors = averagePoolTo(x, `${name}.global_avgpool`, [1, 1]); // (N, 1, 1, C)
  factors = convModule(factors, `${name}.conv1`, Math.floor(width / SPATIAL_REDUCTION), { norm: false });
  factors = convModule(factors, `${name}.conv2`, width, { norm: false, activation: 'sigmoid' });
  return multiply(x, factors, `${name}.multiply`);
}
