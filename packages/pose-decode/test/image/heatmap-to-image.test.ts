import fc from 'fast-check';
import { DecodeError, decodeHeatmaps, heatmapToImage, type ImageRegion, type Point } from '../../src';
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
    inputs.maps.forEach((_, person) => {
      const one = points.subarray(person * shape.keypoints * 3, (person + 1) * shape.keypoints * 3);
      const region = { center: inputs.center[person], scale: inputs.scale[person], heatmapSize: shape.size, pixelStd };
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
}

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

  test('works in place', () => {
    const points = Float32Array.of(24, 32, 0.5);
    expect(heatmapToImage(points, region, points)).toBe(points);
    expect(Array.from(points)).toEqual([300, 200, 0.5]);
  });

  test('refuses a region without width, and numbers that are not finite', () => {
    const points = Float32Array.of(1, 2, 3);
    expect(() => heatmapToImage(points, { ...region, scale: [0, 1] })).toThrow(
      'Expected a positive number for scale[0] but received 0',
    );
    expect(() => heatmapToImage(points, { ...region, center: [NaN, 1] })).toThrow(
      'Expected two finite numbers for center but received [NaN, 1]',
    );
    expect(() => heatmapToImage(points, { ...region, scale: [1, 0], udp: true })).toThrow(
      'Expected a positive number for scale[1] but received 0',
    );
    expect(() => heatmapToImage(points, { ...region, heatmapSize: [48, 1], udp: true })).toThrow(
      'Expected at least 2x2 pixels for heatmapSize, as UDP needs, but received [48, 1]',
    );
    expect(() => heatmapToImage(points.subarray(1), region)).toThrow(DecodeError);
    expect(() => heatmapToImage(points, region, new Float32Array(6))).toThrow(
      'Expected room for 3 floats in into but found 6',
    );
  });
});
