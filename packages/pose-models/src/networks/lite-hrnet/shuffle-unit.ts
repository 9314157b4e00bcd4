import type * as tfl from '@tensorflow/tfjs-layers';
import { shuffleChannels } from '../../layers/shuffle-channels';
import { halves } from '../../layers/split-channels';
import { convModule, depthwiseModule } from './conv-module';

/**
 * ShuffleNet's unit without stride (Ma et al. 2018, figure 3c), the block of the naive networks: half of the channels
 * pass 1x1, depthwise 3x3 and 1x1 convolutions. [N, H, W, C] to the same shape.
 */
export function shuffleUnit(x: tfl.SymbolicTensor, name: string): tfl.SymbolicTensor {
  const [first, second] = halves(x, `${name}.split`);
  const width = second.shape[3]!;
  let y = convModule(second, `${name}.branch2.0`, width);
  y = depthwiseModule(y, `${name}.branch2.1`);
  y = convModule(y, `${name}.branch2.2`, width);
  return shuffleChannels(first, y, `${name}.shuffle`);
}
