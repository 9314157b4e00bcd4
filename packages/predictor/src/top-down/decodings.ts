import {
  decodeDark,
  decodeHeatmaps,
  decodeMegvii,
  decodeSimcc,
  decodeSoftArgMax,
  decodeUdp,
  decodeUdpCombined,
  mergeFlipped,
  mergeFlippedSimcc,
  mergeFlippedUdpCombined,
  type FlipPairs,
  type HeatmapShape,
} from '@pose/pose-decode';
import type { Output } from '../network/output';
import { PredictorError } from '../predictor-error';
import type { Alignment, Decoder, DecoderName } from './decoder';

/** The people of a batch. */
interface BatchShape {
  batch: number;
  keypoints: number;
}

/** One way from a network's outputs to keypoints. */
export interface Decoding {
  /** How crops lie on the pixels in the trainings that have such targets. */
  alignment: Alignment;
  /** Maps per keypoint of the last output, [N, height, width, maps * K]; 'lines': the last two are [N, K, bins]. */
  maps: 1 | 3 | 'lines';
  /** The flip test: the mean of the outputs and of those of the mirrored images, turned back. */
  merge(
    outputs: readonly Output[],
    mirrored: readonly Output[],
    shape: BatchShape & { flipPairs: FlipPairs },
  ): Output[];
  /** [N, K, 3]: x and y in heatmap pixels, for lines in input pixels, and the score. */
  decode(outputs: readonly Output[], shape: BatchShape): Float32Array;
}

type Merge = Decoding['merge'];
type OfHeatmaps<Options> = (heatmaps: Float32Array, options: HeatmapShape & Options) => Float32Array;

const sizeOf = ({ shape: [, height, width] }: Output) => [width, height] as const;

/**
 * Gaussian maps, one per keypoint. Those of which pixel x stands for stride * x of the input lie one column off when they
 * are mirrored (human-pose-estimation.pytorch lib/core/function.py, SHIFT_HEATMAP); others do not.
 */
const gaussian = <Options>(decode: OfHeatmaps<Options>, options: Options, shift = true): Decoding => ({
  alignment: 'corner',
  maps: 1,
  merge: ([output], [mirrored], shape) => {
    const values = mergeFlipped(output.values, mirrored.values, { ...shape, size: sizeOf(output), shift });
    return [{ ...output, values }];
  },
  decode: ([output], shape) => decode(output.values, { ...options, ...shape, size: sizeOf(output) }),
});

const mergeCombined: Merge = ([output], [mirrored], shape) => {
  const values = mergeFlippedUdpCombined(output.values, mirrored.values, { ...shape, size: sizeOf(output) });
  return [{ ...output, values }];
};

const mergeLines: Merge = (outputs, mirrored, shape) => {
  const [lines, mirroredLines] = [outputs, mirrored].map(([x, y]) => ({ x: x.values, y: y.values }));
  const { x, y } = mergeFlippedSimcc(lines, mirroredLines, shape);
  return [x, y].map((values, i) => ({ ...outputs[i], values }));
};

const DECODINGS: { [Name in DecoderName]: (options: Extract<Decoder, { type: Name }>) => Decoding } = {
  none: () => gaussian(decodeHeatmaps, { refine: 'none' as const }),
  quarter: () => gaussian(decodeHeatmaps, { refine: 'quarter' as const }),
  'second-highest': () => gaussian(decodeHeatmaps, { refine: 'second-highest' as const }),
  'soft-arg-max': (options) => gaussian(decodeSoftArgMax, options),
  dark: (options) => gaussian(decodeDark, options),
  udp: (options) => ({ ...gaussian(decodeUdp, options, false), alignment: 'udp' }),
  'udp-combined': (options) => ({
    alignment: 'udp',
    maps: 3,
    merge: mergeCombined,
    decode: ([output], shape) => decodeUdpCombined(output.values, { ...options, ...shape, size: sizeOf(output) }),
  }),
  megvii: (options) => gaussian(decodeMegvii, options, false),
  simcc: (options) => ({
    alignment: 'corner',
    maps: 'lines',
    merge: mergeLines,
    decode: ([x, y], shape) => decodeSimcc({ x: x.values, y: y.values }, { ...options, ...shape }),
  }),
};

export const DECODERS: readonly DecoderName[] = Object.keys(DECODINGS) as DecoderName[];

/** @throws PredictorError when there is no decoder of that name */
export function decodingOf(decoder: DecoderName | Decoder): Decoding {
  const options = typeof decoder === 'string' ? ({ type: decoder } as Decoder) : decoder;
  if (!Object.hasOwn(DECODINGS, options.type)) {
    throw new PredictorError(`decoder: expected one of ${DECODERS.join(', ')}, found ${JSON.stringify(options.type)}.`);
  }
  return (DECODINGS[options.type] as (options: Decoder) => Decoding)(options);
}
