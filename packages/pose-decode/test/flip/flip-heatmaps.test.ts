import { DecodeError, flipHeatmaps, type FlipOptions } from '../../src';
import type { Summary } from '@pose/golden-cases';
import { type BlobMaps, heatmapsByFormula, parity } from '../golden';

interface Inputs {
  maps: BlobMaps[];
  pairs: [number, number][];
  shift: boolean;
}

parity<Inputs, { flipped: Summary }>('gluon_flip_heatmap', ({ inputs, expected, checkSummary }) => {
  const { heatmaps, shape } = heatmapsByFormula(inputs.maps, 'khw');
  const options = { ...shape, flipPairs: inputs.pairs, shift: inputs.shift };
  checkSummary('flipped', flipHeatmaps(heatmaps, options), expected.flipped);
});

describe('flipHeatmaps(heatmaps, options, into)', () => {
  const options: FlipOptions = { size: [3, 2], keypoints: 3, layout: 'khw', flipPairs: [[1, 2]] };
  const heatmaps = Float32Array.from({ length: 18 }, (_, i) => i);

  test('mirrors rows and exchanges pairs', () => {
    expect(Array.from(flipHeatmaps(heatmaps, { ...options, shift: false }))).toEqual([
      ...[2, 1, 0, 5, 4, 3],
      ...[14, 13, 12, 17, 16, 15],
      ...[8, 7, 6, 11, 10, 9],
    ]);
  });

  test('shifts one column to the right by default, column 0 stays', () => {
    expect(Array.from(flipHeatmaps(heatmaps, options)).slice(0, 6)).toEqual([2, 2, 1, 5, 5, 4]);
  });

  test('is the same in both layouts and for each batch element', () => {
    const twice = Float32Array.of(...heatmaps, ...heatmaps.map((v) => v * v));
    const toHwk = (values: Float32Array) =>
      values.map((_, i) => values[Math.floor(i / 18) * 18 + (i % 3) * 6 + (Math.floor(i / 3) % 6)]);
    for (const shift of [false, true]) {
      const khw = flipHeatmaps(twice, { ...options, batch: 2, shift });
      const hwk = flipHeatmaps(toHwk(twice), { ...options, batch: 2, shift, layout: 'hwk' });
      expect(hwk).toEqual(toHwk(khw));
      expect(khw.subarray(0, 18)).toEqual(flipHeatmaps(heatmaps, { ...options, shift }));
    }
  });

  test('twice without shift is the identity', () => {
    const once = flipHeatmaps(heatmaps, { ...options, shift: false });
    expect(flipHeatmaps(once, { ...options, shift: false }, new Float32Array(18))).toEqual(heatmaps);
  });

  test('refuses to write over its source, pairs outside of the skeleton and wrong lengths', () => {
    expect(() => flipHeatmaps(heatmaps, options, heatmaps)).toThrow(
      'Expected into to be another array than the heatmaps',
    );
    expect(() => flipHeatmaps(heatmaps, { ...options, flipPairs: [[1, 3]] })).toThrow(
      'keypoint indices 0..2 but received [1, 3]',
    );
    expect(() => flipHeatmaps(heatmaps, { ...options, keypoints: 2 })).toThrow(DecodeError);
  });
});
