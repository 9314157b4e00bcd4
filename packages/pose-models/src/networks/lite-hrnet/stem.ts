import type * as tfl from '@tensorflow/tfjs-layers';
import { shuffleChannels } from '../../layers/shuffle-channels';
import { halves } from '../../layers/split-channels';
import { convModule, depthwiseModule } from './conv-module';

/** Published: 32. */
const CHANNELS = 32;

/** A strided convolution and a strided shuffle block (Yu et al. 2021, table 1): [N, H, W, 3] to [N, H/4, W/4, 32]. */
export function stem(image: tfl.SymbolicTensor, name: string): tfl.SymbolicTensor {
  const x = convModule(image, `${name}.conv1`, CHANNELS, { kernelSize: 3, strides: 2 }); // (N, H/2, W/2, 32)
  const [first, second] = halves(x, `${name}.split`); //                                    (N, H/2, W/2, 16)

  let a = depthwiseModule(first, `${name}.branch1.0`, 2);
  a = convModule(a, `${name}.branch1.1`, CHANNELS / 2); //                                  (N, H/4, W/4, 16)

  let b = convModule(second, `${name}.expand_conv`, CHANNELS); //                           (N, H/2, W/2, 32)
  b = depthwiseModule(b, `${name}.depthwise_conv`, 2);
  b = convModule(b, `${name}.linear_conv`, CHANNELS / 2); // with ReLU, despite its name    (N, H/4, W/4, 16)

  return shuffleChannels(a, b, `${name}.shuffle`);
}
