import * as targets from '@pose/heatmap-targets';
import {
  boxToCenterScale,
  cropMatrix,
  invertAffine,
  transformKeypoints,
  udpCropMatrix,
  type Affine,
} from '@pose/pose-augment';
import { createPredictor, DECODERS, type DecoderName } from '../src';
import { testEngine } from './engine';
import { constantNetwork, type ConstantOutput } from './networks';

const INPUT = [96, 128] as const;
const HEATMAP = [24, 32] as const;
const IMAGE = { data: new Uint8Array(3 * 200 * 240), width: 200, height: 240, channels: 3 } as const;
const BOX = [30, 40, 120, 140] as const;
/** Input pixels: 0 in the middle, 1 and 2 a pair at the same distance from it, since pixels go from 0 to 95. */
const INSIDE = [47.5, 30, 2, 26.3, 61.2, 2, 95 - 26.3, 61.2, 2];

beforeAll(testEngine);

const frame = { inputSize: INPUT, heatmapSize: HEATMAP };
const maps = ({ heatmaps }: targets.HeatmapTargets): ConstantOutput[] => [
  { values: heatmaps, shape: [HEATMAP[1], HEATMAP[0], heatmaps.length / (HEATMAP[0] * HEATMAP[1])] },
];
const gaussian = () => maps(targets.gaussianHeatmaps(INSIDE, frame));
const unbiased = () => maps(targets.unbiasedHeatmaps(INSIDE, frame));
const lines = () => {
  const { x, y } = targets.simccLabels(INSIDE, { inputSize: INPUT });
  return [
    { values: x, shape: [3, x.length / 3] },
    { values: y, shape: [3, y.length / 3] },
  ];
};

/**
 * What a perfect network gives, whether crops are UDP's, and how near it comes without and with the flip test, input
 * pixels. Gaussian targets stand on whole heatmap pixels, of 4 input pixels. Where the flip test shifts by a column, that
 * is 4 pixels instead of 3, so the mean lies half a pixel off (UDP's point).
 */
const CASES: Record<DecoderName, [outputs: () => ConstantOutput[], udp: boolean, plain: number, flipped: number]> = {
  none: [gaussian, false, 2.1, 2.1],
  quarter: [gaussian, false, 2.1, 2.1],
  'second-highest': [gaussian, false, 2.1, 2.1],
  'soft-arg-max': [unbiased, false, 0.03, 0.53],
  dark: [unbiased, false, 0.01, 0.51],
  udp: [() => maps(targets.udpHeatmaps(INSIDE, frame)), true, 0.01, 0.01],
  'udp-combined': [() => maps(targets.udpCombinedMaps(INSIDE, frame)), true, 0.01, 0.01],
  megvii: [() => maps(targets.megviiHeatmaps(INSIDE, frame)), false, 1.6, 1.6],
  simcc: [lines, false, 0.3, 0.3],
};

test.each(DECODERS.flatMap((decoder) => [[decoder, false] as const, [decoder, true] as const]))(
  '%s, flip test %s: targets of that kind come back to where the keypoints are in the image',
  async (decoder, flipTest) => {
    const [outputs, udp, plain, flipped] = CASES[decoder];
    const { center, scale } = boxToCenterScale(BOX, { aspectRatio: INPUT[0] / INPUT[1] });
    const matrix: Affine = udp
      ? udpCropMatrix({ center, scale: [200 * scale[0], 200 * scale[1]], outputSize: INPUT })
      : cropMatrix({ center, scale, outputSize: INPUT });
    const truth = transformKeypoints(INSIDE, invertAffine(matrix));
    const perPixel = (200 * scale[0]) / INPUT[0]; // image pixels per input pixel

    const model = constantNetwork(INPUT, outputs());
    const keypointNames = ['head', 'left_hand', 'right_hand'];
    const predictor = createPredictor({ model, keypointNames, flipPairs: [[1, 2]], decoder, flipTest });
    const [{ keypoints }] = await predictor.predict(IMAGE, { boxes: [BOX] });
    for (let k = 0; k < 3; k++) {
      const away = Math.hypot(keypoints[3 * k] - truth[3 * k], keypoints[3 * k + 1] - truth[3 * k + 1]);
      expect(away / perPixel).toBeLessThan(flipTest ? flipped : plain);
    }
    predictor.dispose();
    model.dispose();
  },
);
