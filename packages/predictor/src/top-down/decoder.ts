/**
 * How a top-down network's outputs become keypoints, by name, with options of the function of @pose/pose-decode:
 * - 'none', 'quarter', 'second-highest': the maximum of a Gaussian heatmap as it is, moved a quarter pixel towards the
 *   higher neighbour (SimpleBaseline, HRNet), or towards the highest of its eight neighbours
 * - 'soft-arg-max': the mean position around the maximum of a Gaussian heatmap
 * - 'dark': DARK, for unbiased Gaussian heatmaps
 * - 'udp', 'udp-combined': UDP's Gaussian heatmaps; its discs with offsets
 * - 'megvii': the heatmaps of CPN, MSPN and RSN
 * - 'simcc': two lines of scores per keypoint, the network's last two outputs
 */
export type Decoder =
  | { type: 'none' }
  | { type: 'quarter' }
  | { type: 'second-highest' }
  | { type: 'soft-arg-max'; radius?: number; beta?: number }
  | { type: 'dark'; blurKernelSize?: number }
  | { type: 'udp'; blurKernelSize?: number }
  | { type: 'udp-combined'; radiusFactor?: number; blurKernelSize?: number }
  | { type: 'megvii'; blurKernelSize?: number }
  | { type: 'simcc'; splitRatio?: number; dark?: { sigma: readonly [number, number] } };

export type DecoderName = Decoder['type'];

/** How a crop lies on the pixels: SimpleBaseline's and HRNet's matrix, or that of unbiased data processing. */
export type Alignment = 'corner' | 'udp';
