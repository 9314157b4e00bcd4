import {
  gaussianHeatmaps,
  megviiHeatmaps,
  simccLabels,
  udpCombinedMaps,
  udpHeatmaps,
  unbiasedHeatmaps,
  type GaussianOptions,
  type HeatmapTargets,
  type MegviiOptions,
  type SimccOptions,
  type UdpCombinedOptions,
  type UnbiasedOptions,
} from '@pose/heatmap-targets';
import type { Size } from '../size';

/** Sizes and weights come from the sample. */
type Own<Options> = Omit<Options, 'inputSize' | 'heatmapSize' | 'layout' | 'jointWeights' | 'weighting'>;

/**
 * How keypoints become targets: an encoder of @pose/heatmap-targets by name, and its options.
 * - 'gaussian': SimpleBaseline's and HRNet's heatmaps, one target [height, width, K] per heatmap size
 * - 'unbiased': DARK's; 'udp': UDP's; 'megvii': MSPN's; shaped alike
 * - 'udp-combined': [height, width, 3K], disc and offsets
 * - 'simcc': two targets, the lines [K, bins] of x and of y
 */
export type TargetEncoding =
  | ({ type: 'gaussian' } & Own<GaussianOptions>)
  | ({ type: 'unbiased' } & Own<UnbiasedOptions>)
  | ({ type: 'udp' } & Own<GaussianOptions>)
  | ({ type: 'megvii' } & Own<MegviiOptions>)
  | ({ type: 'udp-combined' } & Own<UdpCombinedOptions>)
  | ({ type: 'simcc' } & Own<SimccOptions>);

/** The frame that keypoints are encoded in. */
export interface TargetFrame {
  inputSize: Size;
  /** One heatmap target each; without meaning for 'simcc'. */
  heatmapSizes: readonly Size[];
  jointWeights?: readonly number[];
}

/** How many numbers each target of one sample has. */
export function targetLengths(
  encoding: TargetEncoding,
  { inputSize, heatmapSizes }: TargetFrame,
  keypoints: number,
): number[] {
  if (encoding.type === 'simcc') {
    const empty = new Array<number>(3 * keypoints).fill(0);
    const { x, y } = simccLabels(empty, { ...encoding, inputSize });
    return [x.length, y.length];
  }
  const channels = keypoints * (encoding.type === 'udp-combined' ? 3 : 1);
  return heatmapSizes.map(([width, height]) => width * height * channels);
}

/**
 * Writes the targets of one person.
 *
 * @param keypoints flat [x, y, v] triplets, network input pixels
 * @param targets   room, as long as `targetLengths` says
 * @param weights   room for one number per keypoint; those of the first heatmap size
 */
export function encodeTargets(
  encoding: TargetEncoding,
  frame: TargetFrame,
  keypoints: readonly number[],
  targets: readonly Float32Array[],
  weights: Float32Array,
): void {
  const { inputSize, heatmapSizes, jointWeights } = frame;
  if (encoding.type === 'simcc') {
    simccLabels(keypoints, { ...encoding, inputSize, jointWeights }, { x: targets[0], y: targets[1], weights });
    return;
  }
  heatmapSizes.forEach((heatmapSize, level) => {
    const into = { heatmaps: targets[level], weights: level === 0 ? weights : new Float32Array(weights.length) };
    encodeHeatmaps(encoding, keypoints, { inputSize, heatmapSize, jointWeights }, into);
  });
}

function encodeHeatmaps(
  encoding: Exclude<TargetEncoding, { type: 'simcc' }>,
  keypoints: readonly number[],
  frame: { inputSize: Size; heatmapSize: Size; jointWeights?: readonly number[] },
  into: HeatmapTargets,
): HeatmapTargets {
  switch (encoding.type) {
    case 'gaussian':
      return gaussianHeatmaps(keypoints, { ...encoding, ...frame }, into);
    case 'unbiased':
      return unbiasedHeatmaps(keypoints, { ...encoding, ...frame }, into);
    case 'udp':
      return udpHeatmaps(keypoints, { ...encoding, ...frame }, into);
    case 'megvii':
      return megviiHeatmaps(keypoints, { ...encoding, ...frame }, into);
    case 'udp-combined':
      return udpCombinedMaps(keypoints, { ...encoding, ...frame }, into);
  }
}
