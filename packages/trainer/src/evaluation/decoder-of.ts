import type { Decoder } from '@pose/predictor';
import type { TargetEncoding } from '../data/top-down/target-encoding';

/** How the outputs of a network are read that was trained on targets of this encoding, as its publication does. */
export function decoderOf(encoding: TargetEncoding): Decoder {
  switch (encoding.type) {
    case 'gaussian':
      return { type: 'quarter' };
    case 'unbiased':
      return { type: 'dark', blurKernelSize: blurOf(encoding.sigma) };
    case 'udp':
      return { type: 'udp', blurKernelSize: blurOf(encoding.sigma) };
    case 'megvii':
      return { type: 'megvii', blurKernelSize: encoding.kernelSize };
    case 'udp-combined':
      return { type: 'udp-combined', radiusFactor: encoding.radiusFactor };
    case 'simcc':
      return { type: 'simcc', splitRatio: encoding.splitRatio };
  }
}

/** mmpose's configurations blur heatmaps of sigma 2 by 11 pixels and those of sigma 3 by 17. */
function blurOf(sigma = 2): number {
  return 2 * Math.max(1, Math.round(3 * sigma)) - 1;
}
