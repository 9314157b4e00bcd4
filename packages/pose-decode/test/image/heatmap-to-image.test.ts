import fc from 'fast-check';
import { DecodeError, decodeHeatmaps, heatmapToImage, type ImageRegion, type Point } from '../../src';
import type { Nested } from '@pose/golden-cases';
import { type BlobMaps, heatmapsByFormula, parity } from '../golden';

interface Inputs {
  maps: BlobMaps[];
  center: Point[];
  scale: Point[];
  post_process?: boolean;
}

for (const [kind, pixelStd] of [
  ['hrnet_final_preds', 200],
  ['gluon_final_preds', 1],
] as const) {
  parity<Inputs, { preds: number[][][]; maxvals: number[][] }>(kind, ({ inputs, expected, check }) => {
    const { heatmaps, shape } = heatmapsByFormula(inputs.maps, 'hwk');
    const refine = inputs.post_process === false ? 'none' : 'quarter';
    const points = decodeHeatmaps(heatmaps, { ...shape, refine });
    const region = { center: inputs.center.flat(), scale: inputs.scale.flat(), heatmapSize: shape.size, pixelStd };
    const image = heatmapToImage(points, region);
    check(
      'preds',
      image.filter((_, i) => i % 3 < 2),
      expected.preds,
    );
    check(
      'maxvals',
      image.filter((_, i) => i % 3 === 2),
      expected.maxvals,
    );
  });
}

interface ToImage {
  keypoints: Point[];
  input_size: Point;
  center: Point;
  scale: Point;
}

parity<ToImage, { keypoints: Nested }>('mmpose_to_image', ({ inputs, expected, check }) => {
  const points = Float32Array.from(inputs.keypoints.flatMap(([x, y]) => [x, y, 1]));
  const { center, scale, input_size: heatmapSize } = inputs;
  const image = heatmapToImage(points, { center, scale, heatmapSize, pixelStd: 1 });
  check(
    'keypoints',
    image.filter((_, i) => i % 3 < 2),
    expected.keypoints,
  );
});

describe('heatmapToImage(points, region, into)', () => {
  const region: ImageRegion = { center: [300, 200], scale: [0.6, 0.8], heatmapSize: [48, 64] };

  test('puts the middle of the map on the centre and the left border half a region away; scores stay', () => {
    expect(Array.from(heatmapToImage(Float32Array.of(24, 32, 0.5, 0, 32, 1), region))).toEqual([
      300, 200, 0.5, 240, 200, 1,
    ]);
  });

  test('undoes the crop: image to heatmap and back', () => {
    const coordinate = fc.double({ min: -100, max: 700, noNaN: true });
    fc.assert(
      fc.property(coordinate, coordinate, fc.double({ min: 0.05, max: 5, noNaN: true }), (x, y, scale) => {
        const k = 48 / (scale * 200);
        const points = Float32Array.of((x - 300) * k + 24, (y - 200) * k + 32, 1);
        const [backX, backY] = heatmapToImage(points, { ...region, scale: [scale, 1] });
        expect(Math.hypot(backX - x, backY - y)).toBeLessThan(1e-3);
      }),
    );
  });

  test('with udp undoes the crop matrix of UDP, whose axes have scales of their own', () => {
    const positive = fc.double({ min: 0.05, max: 5, noNaN: true });
    const coordinate = fc.double({ min: -100, max: 700, noNaN: true });
    fc.assert(
      fc.property(coordinate, coordinate, positive, positive, (x, y, scaleX, scaleY) => {
        // get_udp_warp_matrix without rotation, for region width w: X = (x - cx + w / 2) * (heatmap width - 1) / w.
        const [w, h] = [scaleX * 200, scaleY * 200];
        const points = Float32Array.of(((x - 300 + w / 2) * 47) / w, ((y - 200 + h / 2) * 63) / h, 1);
        const [backX, backY] = heatmapToImage(points, { ...region, scale: [scaleX, scaleY], udp: true });
        expect(Math.hypot(backX - x, backY - y)).toBeLessThan(1e-3);
      }),
    );
  });

  test('takes each person of a batch back to their own region', () => {
    const points = Float32Array.from({ length: 18 }, (_, i) => 3 * i);
    const alone = [0, 1, 2].map((person) =>
      heatmapToImage(points.subarray(6 * person, 6 * person + 6), {
        ...region,
        center: [100 * person, 50],
        scale: [1 + person, 2],
      }),
    );
    const batch = { ...region, center: [0, 50, 100, 50, 200, 50], scale: [1, 2, 2, 2, 3, 2] };
    expect(Array.from(heatmapToImage(points, batch))).toEqual(alone.flatMap((image) => Array.from(image)));
  });

  test('works in place', () => {
    const points = Float32Array.of(24, 32, 0.5);
    expect(heatmapToImage(points, region, points)).toBe(points);
    expect(Array.from(points)).toEqual([300, 200, 0.5]);
  });

  test('refuses a region without width, and numbers that are not finite', () => {
    const points = Float32Array.of(1, 2, 3);
    expect(() => heatmapToImage(points, { ...region, scale: [0, 1] })).toThrow(
      'Expected positive numbers for scale but person 0 has [0, 0]',
    );
    expect(() => heatmapToImage(points, { ...region, center: [NaN, 1] })).toThrow(
      'Expected two finite numbers for center but person 0 has [NaN, 1]',
    );
    expect(() => heatmapToImage(points, { ...region, scale: [1, 0], udp: true })).toThrow(
      'Expected positive numbers for scale but person 0 has [1, 0]',
    );
    expect(() => heatmapToImage(points, { ...region, heatmapSize: [48, 1], udp: true })).toThrow(
      'Expected at least 2x2 pixels for heatmapSize, as UDP needs, but received [48, 1]',
    );
    expect(() => heatmapToImage(points.subarray(1), region)).toThrow(DecodeError);
    expect(() => heatmapToImage(points, { ...region, scale: [1, 1, 1] })).toThrow('but received 2 and 3 numbers');
    expect(() => heatmapToImage(points, { ...region, center: [1, 2, 3, 4], scale: [1, 1, 1, 1] })).toThrow(
      'Expected points of 2 people as triplets [x, y, score, ...] but received 3 numbers',
    );
    expect(() => heatmapToImage(points, region, new Float32Array(6))).toThrow(
      'Expected room for 3 floats in into but found 6',
    );
  });
});
