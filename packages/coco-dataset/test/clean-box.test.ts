import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { cleanBox } from '../src/clean-box';

interface GoldenFile {
  tolerance: { default: [number, number]; fields?: Record<string, [number, number]> };
  cases: GoldenCase[];
}
interface GoldenCase {
  name: string;
  kind: string;
  inputs: { bbox: [number, number, number, number]; area: number; width: number; height: number };
  expected: { clean_bbox: [number, number, number, number] | null };
}

const folder = process.env.POSE_GOLDEN
  ? path.join(process.env.POSE_GOLDEN, 'pipeline')
  : path.join(__dirname, 'fixtures');
const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => {
    const { cases, tolerance } = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as GoldenFile;
    return cases
      .filter(({ kind }) => kind === 'hrnet_clean_bbox')
      .map((golden) => ({
        ...golden,
        tolerance: tolerance.fields?.['hrnet_clean_bbox.clean_bbox'] ?? tolerance.default,
      }));
  });

test('there are golden boxes', () => expect(cases.length).toBeGreaterThan(0));

test.each(cases)('cleanBox agrees with the reference: $name', ({ inputs, expected, tolerance: [abs, rel] }) => {
  const clean = cleanBox(inputs.bbox, [inputs.width, inputs.height], inputs.area);
  if (!clean || !expected.clean_bbox) {
    expect(clean).toBe(expected.clean_bbox);
    return;
  }
  expected.clean_bbox.forEach((value, i) => {
    expect(Math.abs(clean[i] - value)).toBeLessThanOrEqual(abs + rel * Math.abs(value));
  });
});

test('cleanBox(box, size) takes the area of the box when none is given', () => {
  expect(cleanBox([12, 12, 0, 5], [640, 480])).toBeNull();
  expect(cleanBox([12, 12, 0, 5], [640, 480], 1)).toEqual([12, 12, 0, 4]);
});

test('cleanBox(box, size, area) is null for NaN anywhere', () => {
  for (let i = 0; i < 4; i++) {
    const box: [number, number, number, number] = [1, 2, 3, 4];
    box[i] = NaN;
    expect(cleanBox(box, [10, 10], 12)).toBeNull();
  }
  expect(cleanBox([1, 2, 3, 4], [NaN, 10], 12)).toBeNull();
  expect(cleanBox([1, 2, 3, 4], [10, 10], NaN)).toBeNull();
});

test('a clean box lies on the pixels of its image', () => {
  const coordinate = fc.double({ min: -100, max: 100, noNaN: true });
  const length = fc.double({ min: 0, max: 200, noNaN: true });
  const size = fc.integer({ min: 1, max: 60 });
  fc.assert(
    fc.property(coordinate, coordinate, length, length, size, size, (x, y, w, h, width, height) => {
      const clean = cleanBox([x, y, w, h], [width, height], 1);
      if (!clean) {
        expect(x > width - 1 || y > height - 1).toBe(true);
        return;
      }
      expect(clean[0]).toBe(Math.max(0, x));
      expect(clean[1]).toBe(Math.max(0, y));
      expect(Math.min(clean[2], clean[3])).toBeGreaterThanOrEqual(0);
      expect(clean[0] + clean[2]).toBeLessThanOrEqual(width - 1 + 1e-9);
      expect(clean[1] + clean[3]).toBeLessThanOrEqual(height - 1 + 1e-9);
    }),
  );
});
