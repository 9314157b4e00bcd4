import { DecodeError, decodeHeatmaps, flipHeatmaps, heatmapToImage, mergeFlipped, type Point } from '../../src';
import type { Summary } from '@pose/golden-cases';
import { type BlobMaps, heatmapsByFormula, parity } from '../golden';

interface Inputs {
  maps: BlobMaps[];
  maps_flipped_input: BlobMaps[];
  pairs: [number, number][];
  shift_heatmap: boolean;
  center: Point[];
  scale: Point[];
}
interface Expected {
  merged: Summary;
  preds: number[][][];
  maxvals: number[][];
}

parity<Inputs, Expected>('hrnet_flip_test', ({ inputs, expected, check, checkSummary }) => {
  const { heatmaps, shape } = heatmapsByFormula(inputs.maps, 'khw');
  const mirrored = heatmapsByFormula(inputs.maps_flipped_input, 'khw').heatmaps;
  const merged = mergeFlipped(heatmaps, mirrored, { ...shape, flipPairs: inputs.pairs, shift: inputs.shift_heatmap });
  checkSummary('merged', merged, expected.merged);
  const points = decodeHeatmaps(merged, shape);
  inputs.maps.forEach((_, person) => {
    const one = points.subarray(person * shape.keypoints * 3, (person + 1) * shape.keypoints * 3);
    const region = { center: inputs.center[person], scale: inputs.scale[person], heatmapSize: shape.size };
    const image = heatmapToImage(one, region);
    check(
      'preds',
      image.filter((_, i) => i % 3 < 2),
      expected.preds[person],
    );
    check(
      'maxvals',
      image.filter((_, i) => i % 3 === 2),
      expected.maxvals[person],
    );
  });
});

describe('mergeFlipped(heatmaps, mirroredHeatmaps, options, into)', () => {
  const options = { size: [4, 1], keypoints: 2, layout: 'khw', flipPairs: [[0, 1]] } as const;
  const heatmaps = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8);

  test('is the mean of the maps and the mirrored maps turned back', () => {
    const mirrored = Float32Array.of(10, 20, 30, 40, 50, 60, 70, 80);
    const back = flipHeatmaps(mirrored, options);
    expect(Array.from(mergeFlipped(heatmaps, mirrored, options))).toEqual(
      Array.from(back, (v, i) => (v + heatmaps[i]) / 2),
    );
  });

  test('a network that treats both sides alike gets its own maps back', () => {
    const mirrored = flipHeatmaps(heatmaps, { ...options, shift: false });
    const into = new Float32Array(8);
    expect(mergeFlipped(heatmaps, mirrored, { ...options, shift: false }, into)).toBe(into);
    expect(into).toEqual(heatmaps);
  });

  test('refuses other lengths and to write over its sources', () => {
    expect(() => mergeFlipped(heatmaps, heatmaps.subarray(1), options)).toThrow(
      'Expected 8 values in mirroredHeatmaps (1 x 2 maps of 4x1) but found 7',
    );
    expect(() => mergeFlipped(heatmaps, heatmaps.slice(), options, heatmaps)).toThrow(DecodeError);
  });
});
