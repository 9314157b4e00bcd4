import path from 'node:path';
import fc from 'fast-check';
import { pipelineParity } from '@pose/golden-cases';
import { cleanBox } from '../src/clean-box';

interface Inputs {
  bbox: [number, number, number, number];
  area: number;
  width: number;
  height: number;
}
interface Expected {
  clean_bbox: [number, number, number, number] | null;
}

const parity = pipelineParity(path.join(__dirname, 'fixtures'));

parity<Inputs, Expected>('hrnet_clean_bbox', ({ inputs, expected, check }) => {
  const clean = cleanBox(inputs.bbox, [inputs.width, inputs.height], inputs.area);
  if (clean && expected.clean_bbox) check('clean_bbox', clean, expected.clean_bbox);
  else expect(clean).toBe(expected.clean_bbox);
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
