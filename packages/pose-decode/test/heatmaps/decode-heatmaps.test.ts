import fc from 'fast-check';
import { DecodeError, decodeHeatmaps, type DecodeOptions, heatmapToBox, type Size } from '../../src';
import type { Nested } from '@pose/golden-cases';
import { type BlobMaps, heatmapsByFormula, parity } from '../golden';

const column = (points: Float32Array, ...columns: number[]) => points.filter((_, i) => columns.includes(i % 3));

parity<{ maps: BlobMaps[] }, { preds: Nested; maxvals: Nested }>('hrnet_max_preds', ({ inputs, expected, check }) => {
  for (const layout of ['hwk', 'khw'] as const) {
    const { heatmaps, shape } = heatmapsByFormula(inputs.maps, layout);
    const points = decodeHeatmaps(heatmaps, { ...shape, refine: 'none' });
    check('preds', column(points, 0, 1), expected.preds);
    check('maxvals', column(points, 2), expected.maxvals);
  }
});

/** Of mmpose, which has a map without a positive value at (-1, -1), not at (0, 0). */
const inMmpose = (points: Float32Array) =>
  points.map((value, i) => (i % 3 < 2 && points[i - (i % 3) + 2] <= 0 ? -1 : value));

parity<{ maps: BlobMaps[] }, { locs: Nested; vals: Nested }>('mmpose_maximum', ({ inputs, expected, check }) => {
  const { heatmaps, shape } = heatmapsByFormula(inputs.maps, 'hwk');
  const points = inMmpose(decodeHeatmaps(heatmaps, { ...shape, refine: 'none' }));
  check('locs', column(points, 0, 1), expected.locs);
  check('vals', column(points, 2), expected.vals);
});

parity<{ maps: BlobMaps[]; input_size: Size }, { keypoints: Nested; scores: Nested }>(
  'mmpose_msra_decode',
  ({ inputs, expected, check }) => {
    const { heatmaps, shape } = heatmapsByFormula(inputs.maps, 'hwk');
    const points = inMmpose(decodeHeatmaps(heatmaps, { ...shape, borders: 'separate' }));
    const inInput = heatmapToBox(points, { box: [0, 0, ...inputs.input_size], heatmapSize: shape.size });
    check('keypoints', column(inInput, 0, 1), expected.keypoints);
    check('scores', column(inInput, 2), expected.scores);
  },
);

parity<{ maps: BlobMaps[]; boxes_xyxy: number[][] }, { preds: Nested[]; maxvals: Nested[] }>(
  'gluon_heatmap_to_coord',
  ({ inputs, expected, check }) => {
    inputs.maps.forEach((maps, person) => {
      const { heatmaps, shape } = heatmapsByFormula([maps], 'hwk');
      const [left, top, right, bottom] = inputs.boxes_xyxy[person];
      const points = decodeHeatmaps(heatmaps, { ...shape, refine: 'none' });
      const box = [left, top, right - left, bottom - top] as const;
      const image = heatmapToBox(points, { box, heatmapSize: shape.size });
      check('preds', column(image, 0, 1), expected.preds[person]);
      check('maxvals', column(image, 2), expected.maxvals[person]);
    });
  },
);

/** The plain twin, in the reference's words. */
function plainDecode(
  heatmaps: Float32Array,
  { size: [width, height], keypoints, batch = 1, layout = 'hwk', refine = 'quarter', borders = 'joint' }: DecodeOptions,
) {
  const points: number[] = [];
  for (let b = 0; b < batch; b++) {
    for (let k = 0; k < keypoints; k++) {
      const h = (x: number, y: number) =>
        layout === 'hwk'
          ? heatmaps[((b * height + y) * width + x) * keypoints + k]
          : heatmaps[((b * keypoints + k) * height + y) * width + x];
      const map = Array.from({ length: width * height }, (_, i) => h(i % width, Math.floor(i / width)));
      const v = Math.max(...map);
      let [x, y] = [map.indexOf(v) % width, Math.floor(map.indexOf(v) / width)];
      if (v <= 0) [x, y] = [0, 0];
      const [dx, dy] = [h(x + 1, y) - h(x - 1, y), h(x, y + 1) - h(x, y - 1)].map(Math.sign);
      const inside = 1 < x && x < width - 1 && 1 < y && y < height - 1;
      if (refine === 'second-highest' && v > 0) {
        const ring = Array.from({ length: 9 }, (_, i) => [x + (i % 3) - 1, y + Math.floor(i / 3) - 1]).filter(
          ([i, j]) => i >= 0 && i < width && j >= 0 && j < height && (i !== x || j !== y),
        );
        const second = Math.max(...ring.map(([i, j]) => h(i, j)));
        const all = ring.filter(([i, j]) => h(i, j) === second);
        const mean = (axis: number) => all.reduce((sum, at) => sum + at[axis], 0) / all.length;
        points.push(all.length ? x + (mean(0) - x) / 4 : x, all.length ? y + (mean(1) - y) / 4 : y, v);
      } else if (refine === 'quarter' && borders === 'separate') {
        points.push(
          1 < x && x < width - 1 && 0 < y ? x + dx / 4 : x,
          1 < y && y < height - 1 && 0 < x ? y + dy / 4 : y,
          v,
        );
      } else
        points.push(
          refine === 'quarter' && inside ? x + dx / 4 : x,
          refine === 'quarter' && inside ? y + dy / 4 : y,
          v,
        );
    }
  }
  return points;
}

describe('decodeHeatmaps(heatmaps, options, into)', () => {
  test('equals its plain twin, also with ties and with maps that are nowhere positive', () => {
    const shapes = fc.record({
      size: fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })),
      keypoints: fc.integer({ min: 1, max: 3 }),
      batch: fc.integer({ min: 1, max: 2 }),
      layout: fc.constantFrom('hwk' as const, 'khw' as const),
      refine: fc.constantFrom('none' as const, 'quarter' as const, 'second-highest' as const),
      borders: fc.constantFrom('joint' as const, 'separate' as const),
    });
    const cases = shapes.chain((shape) => {
      const length = shape.size[0] * shape.size[1] * shape.keypoints * shape.batch;
      const values = fc.array(fc.integer({ min: -3, max: 5 }), { minLength: length, maxLength: length });
      return fc.tuple(
        fc.constant(shape),
        values.map((levels) => Float32Array.from(levels, (v) => v / 4)),
      );
    });
    fc.assert(
      fc.property(cases, ([shape, heatmaps]) => {
        expect(decodeHeatmaps(heatmaps, shape)).toEqual(Float32Array.from(plainDecode(heatmaps, shape)));
      }),
      { numRuns: 500 },
    );
  });

  const [width, height] = [24, 32];
  const shape = { size: [width, height], keypoints: 1 } as const;
  const gaussian = (cx: number, cy: number) =>
    Float32Array.from({ length: width * height }, (_, i) =>
      Math.exp(-(((i % width) - cx) ** 2 + (Math.floor(i / width) - cy) ** 2) / 8),
    );

  test('finds the centre of a Gaussian within a quarter pixel inside, within half a pixel at the border', () => {
    const along = (size: number) => fc.double({ min: -0.49, max: size - 0.51, noNaN: true });
    fc.assert(
      fc.property(along(width), along(height), (cx, cy) => {
        const [x, y, score] = decodeHeatmaps(gaussian(cx, cy), shape);
        const inside =
          Math.round(cx) > 1 && Math.round(cy) > 1 && Math.round(cx) < width - 1 && Math.round(cy) < height - 1;
        expect(Math.abs(x - cx)).toBeLessThanOrEqual((inside ? 0.25 : 0.5) + 1e-6);
        expect(Math.abs(y - cy)).toBeLessThanOrEqual((inside ? 0.25 : 0.5) + 1e-6);
        expect(score).toBeGreaterThan(Math.exp(-0.5 / 8) - 1e-6);
      }),
    );
  });

  test('finds a training target, whose peak is on a whole pixel, exactly', () => {
    expect(Array.from(decodeHeatmaps(gaussian(12, 17), shape))).toEqual([12, 17, 1]);
  });

  test('writes into the given array', () => {
    const into = new Float32Array(3).fill(NaN);
    expect(decodeHeatmaps(gaussian(5.3, 6.6), { ...shape, refine: 'none' }, into)).toBe(into);
    expect(Array.from(into.subarray(0, 2))).toEqual([5, 7]);
  });

  test('refuses a NaN anywhere, Infinity, and maps of -Infinity alone', () => {
    const spoilt = (value: number, ...at: number[]) => {
      const heatmaps = gaussian(12, 17);
      for (const i of at.length ? at : heatmaps.keys()) heatmaps[i] = value;
      return () => decodeHeatmaps(heatmaps, shape);
    };
    const message = 'Expected finite heatmaps but the map of keypoint 0, batch element 0, holds';
    for (const at of [0, 17 * width + 12, width * height - 1]) expect(spoilt(NaN, at)).toThrow(`${message} NaN`);
    expect(spoilt(NaN)).toThrow(DecodeError);
    expect(spoilt(Infinity, 30)).toThrow(`${message} Infinity at pixel 30`);
    expect(spoilt(-Infinity)).toThrow(`${message} NaN, or nothing above -Infinity`);
    expect(spoilt(-Infinity, 0)).not.toThrow();
  });

  test('refuses shapes that do not fit', () => {
    const decode = (changed: Partial<DecodeOptions>) => () => decodeHeatmaps(gaussian(1, 1), { ...shape, ...changed });
    expect(decode({ keypoints: 17 })).toThrow('Expected 13056 values in heatmaps (1 x 17 maps of 24x32) but found 768');
    expect(decode({ batch: 2 })).toThrow('Expected 1536 values in heatmaps (2 x 1 maps of 24x32) but found 768');
    expect(decode({ size: [24, 0] })).toThrow('two positive integers, for size but received [24, 0]');
    expect(decode({ keypoints: 0 })).toThrow('Expected a positive integer for keypoints but received 0');
    expect(decode({ layout: 'kwh' as 'khw' })).toThrow("Expected layout 'hwk' or 'khw' but received 'kwh'");
    expect(decode({ refine: 'dark' as 'none' })).toThrow(
      "Expected 'none' or 'quarter' or 'second-highest' for refine but received 'dark'",
    );
    expect(() => decodeHeatmaps(gaussian(1, 1), shape, new Float32Array(2))).toThrow(
      'Expected room for 3 floats in into but found 2',
    );
  });
});
