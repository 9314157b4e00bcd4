import fc from 'fast-check';
import {
  gaussianHeatmaps,
  megviiHeatmaps,
  simccLabels,
  udpCombinedMaps,
  udpHeatmaps,
  unbiasedHeatmaps,
} from '@pose/heatmap-targets';
import {
  decodeDark,
  decodeHeatmaps,
  decodeMegvii,
  decodeSimcc,
  decodeSoftArgMax,
  decodeUdp,
  decodeUdpCombined,
  heatmapToImage,
  type HeatmapShape,
} from '../src';

const [inputWidth, inputHeight] = [192, 256];
const stride = 4;
const frame = { inputSize: [inputWidth, inputHeight], heatmapSize: [48, 64] } as const;
/** The region whose pixels are those of the network input. */
const input = {
  center: [inputWidth / 2, inputHeight / 2],
  scale: [inputWidth, inputHeight],
  heatmapSize: frame.heatmapSize,
  pixelStd: 1,
} as const;
// UDP's pixel centres go from 0 to size - 1.
const udpInput = {
  ...input,
  center: [(inputWidth - 1) / 2, (inputHeight - 1) / 2],
  scale: [inputWidth - 1, inputHeight - 1],
  udp: true,
} as const;

type Decode = (heatmaps: Float32Array, shape: HeatmapShape) => Float32Array;
const refine = (way: 'none' | 'quarter' | 'second-highest') => (heatmaps: Float32Array, shape: HeatmapShape) =>
  decodeHeatmaps(heatmaps, { ...shape, refine: way });

/**
 * Encoder, decoder, the distance from the border from which the bound holds, and the bound on each axis, both in heatmap
 * pixels.
 */
const HEATMAPS: [string, typeof gaussianHeatmaps, Decode, typeof input | typeof udpInput, number, number][] = [
  // The target stands on the nearest pixel, and its peak is even: no decoder leaves that pixel.
  ['gaussian and the maximum', gaussianHeatmaps, refine('none'), input, 0.5, 0.5],
  ['gaussian and quarter offset', gaussianHeatmaps, refine('quarter'), input, 0.5, 0.5],
  ['gaussian and second highest', gaussianHeatmaps, refine('second-highest'), input, 0.5, 0.5],
  ['gaussian and soft-arg-max', gaussianHeatmaps, decodeSoftArgMax, input, 0.5, 0.5],
  ['gaussian and DARK', gaussianHeatmaps, decodeDark, input, 7, 0.5],
  // The target keeps its fraction of a pixel.
  ['unbiased and the maximum', unbiasedHeatmaps, refine('none'), input, 0.5, 0.5],
  ['unbiased and quarter offset', unbiasedHeatmaps, refine('quarter'), input, 2, 0.25],
  // Only one of the eight neighbours counts: on the other axis the pixel's middle may stay.
  ['unbiased and second highest', unbiasedHeatmaps, refine('second-highest'), input, 2, 0.5],
  ['unbiased and DARK', unbiasedHeatmaps, decodeDark, input, 7, 0.01],
  ['unbiased and soft-arg-max', unbiasedHeatmaps, decodeSoftArgMax, input, 4, 0.01],
  ['udp and UDP', udpHeatmaps, decodeUdp, udpInput, 7, 0.05],
  // The target stands on the pixel that the keypoint is in, whose middle is decoded.
  ['megvii and Megvii', megviiHeatmaps, decodeMegvii, input, 7, 0.5],
];

const keypoints = (margin: number) => {
  const along = (size: number) => fc.double({ min: margin * stride, max: size - 1 - margin * stride, noNaN: true });
  return fc.array(fc.tuple(along(inputWidth), along(inputHeight)), { minLength: 1, maxLength: 4 });
};

const triplets = (points: [number, number][]) => points.flatMap(([x, y]) => [x, y, 2]);

/** The farthest that a decoded point is from where it was, on either axis. */
function expectWithin(points: [number, number][], decoded: Float32Array, bound: number): void {
  points.forEach(([x, y], k) => {
    expect(Math.abs(decoded[3 * k] - x)).toBeLessThanOrEqual(bound + 1e-4);
    expect(Math.abs(decoded[3 * k + 1] - y)).toBeLessThanOrEqual(bound + 1e-4);
    expect(decoded[3 * k + 2]).toBeGreaterThan(0);
  });
}

describe.each(HEATMAPS)('%s', (_, encode, decode, region, margin, bound) => {
  test(`come back within ${bound} heatmap pixels, ${margin} away from the border`, () => {
    fc.assert(
      fc.property(keypoints(margin), fc.constantFrom('hwk' as const, 'khw' as const), (points, layout) => {
        const { heatmaps } = encode(triplets(points), { ...frame, layout });
        const found = decode(heatmaps, { size: frame.heatmapSize, keypoints: points.length, layout });
        expectWithin(points, heatmapToImage(found, region), bound * stride);
      }),
      { numRuns: 60 },
    );
  });
});

test('discs and offsets of UDP come back exactly, at the border too', () => {
  fc.assert(
    fc.property(keypoints(0), (points) => {
      const { heatmaps } = udpCombinedMaps(triplets(points), frame);
      const found = decodeUdpCombined(heatmaps, { size: frame.heatmapSize, keypoints: points.length });
      expectWithin(points, heatmapToImage(found, udpInput), 1e-3);
    }),
    { numRuns: 60 },
  );
});

describe.each([
  ['the maximum', undefined, 0, 0.25],
  ['DARK', { sigma: [6, 6] as const }, 20, 0.25],
])("SimCC's lines and %s", (_, dark, margin, bound) => {
  test(`come back within ${bound} input pixels, half a bin`, () => {
    fc.assert(
      fc.property(keypoints(margin / stride), (points) => {
        const lines = simccLabels(triplets(points), { inputSize: frame.inputSize });
        expectWithin(points, decodeSimcc(lines, { keypoints: points.length, dark }), bound);
      }),
      { numRuns: 60 },
    );
  });
});

test('a keypoint without a label comes back without a score', () => {
  const { heatmaps } = gaussianHeatmaps([50, 60, 2, 70, 80, 0], frame);
  const found = decodeHeatmaps(heatmaps, { size: frame.heatmapSize, keypoints: 2 });
  expect([found[2] > 0, ...found.subarray(3)]).toEqual([true, 0, 0, 0]);
});
