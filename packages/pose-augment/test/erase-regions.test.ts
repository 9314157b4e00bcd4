import fc from 'fast-check';
import { type Box, createRandom, drawCutout, drawHideAndSeek, eraseRegions, MEAN_COLOR } from '../src';
import { imageByFormula } from './golden';

const anySize = fc.tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 70 }));

const areInside = (boxes: readonly Box[], [width, height]: readonly [number, number]) =>
  boxes.every(
    ([x, y, w, h]) =>
      [x, y, w, h].every(Number.isInteger) && x >= 0 && y >= 0 && w > 0 && h > 0 && x + w <= width && y + h <= height,
  );

describe('drawCutout(random, size, options)', () => {
  test('gives boxes inside of the crop, the same ones for the same seed', () => {
    fc.assert(
      fc.property(anySize, fc.nat(1000), fc.integer({ min: 1, max: 90 }), (size, seed, side) => {
        const options = { count: 3, width: side, height: [1, side] as const };
        const boxes = drawCutout(createRandom(seed), size, options);
        expect(boxes).toHaveLength(3);
        expect(areInside(boxes, size)).toBe(true);
        expect(boxes.every(([, , w, h]) => w <= side && h <= side)).toBe(true);
        expect(drawCutout(createRandom(seed), size, options)).toEqual(boxes);
      }),
    );
  });

  test('covers every place of the crop alike, but for its rim', () => {
    const hits = new Array<number>(100).fill(0);
    const random = createRandom(8);
    for (let i = 0; i < 20_000; i++) {
      const [[x, , width]] = drawCutout(random, [100, 100], { width: 10, height: 10 });
      for (let column = x; column < x + width; column++) hits[column]++;
    }
    for (const count of hits.slice(10, 90)) expect(Math.abs(count / 2000 - 1)).toBeLessThan(0.12);
    expect(hits[0] / 2000).toBeGreaterThan(0.4); // centres lie on the rim as well: half of a rectangle is seen there
    expect(hits[0] / 2000).toBeLessThan(0.7);
  });

  test('takes two draws for a place, one more for each side that is a range', () => {
    const [random, twin] = [createRandom(3), createRandom(3)];
    drawCutout(random, [20, 20], { count: 2, width: 4, height: [2, 6] });
    for (let i = 0; i < 6; i++) twin.uniform();
    expect(random.uniform()).toBe(twin.uniform());
  });

  test('refuses sides below a pixel and counts that are none', () => {
    const random = createRandom(1);
    expect(() => drawCutout(random, [9, 9], { width: 0, height: 1 })).toThrow('for width but received 0');
    expect(() => drawCutout(random, [9, 9], { width: 1, height: [3, 2] })).toThrow('for height but received 3,2');
    expect(() => drawCutout(random, [9, 9], { count: -1, width: 1, height: 1 })).toThrow('for count but received -1');
  });
});

describe('drawHideAndSeek(random, size, options)', () => {
  test('gives different cells of one grid, the same ones for the same seed', () => {
    fc.assert(
      fc.property(anySize, fc.nat(1000), (size, seed) => {
        const cells = drawHideAndSeek(createRandom(seed), size, { gridSizes: [7, 16] });
        expect(areInside(cells, size)).toBe(true);
        expect([7, 16].some((grid) => cells.every(([x, y]) => x % grid === 0 && y % grid === 0))).toBe(true);
        expect(new Set(cells.map(([x, y]) => `${x},${y}`)).size).toBe(cells.length);
        expect(drawHideAndSeek(createRandom(seed), size, { gridSizes: [7, 16] })).toEqual(cells);
      }),
    );
  });

  test('with probability 1 the cells make up the whole crop, with 0 there are none; neither for grid size 0', () => {
    const random = createRandom(1);
    const all = drawHideAndSeek(random, [50, 33], { gridSizes: [16], probability: 1 });
    expect(all.reduce((area, [, , w, h]) => area + w * h, 0)).toBe(50 * 33);
    expect(drawHideAndSeek(random, [50, 33], { gridSizes: [16], probability: 0 })).toEqual([]);
    const twin = createRandom(2);
    const other = createRandom(2);
    expect(drawHideAndSeek(twin, [50, 33], { gridSizes: [0], probability: 1 })).toEqual([]);
    other.uniform();
    expect(twin.uniform()).toBe(other.uniform());
  });

  test('refuses grids and probabilities that are none', () => {
    const random = createRandom(1);
    expect(() => drawHideAndSeek(random, [9, 9], { gridSizes: [] })).toThrow('grid sizes in whole pixels');
    expect(() => drawHideAndSeek(random, [9, 9], { gridSizes: [1.5] })).toThrow('but received [1.5]');
    expect(() => drawHideAndSeek(random, [9, 9], { probability: 2 })).toThrow('probability');
  });
});

describe('eraseRegions(image, boxes, color)', () => {
  test('fills the boxes, and nothing else', () => {
    const image = imageByFormula('formula', 9, 7);
    const before = image.data.slice();
    const boxes: Box[] = [
      [1, 2, 3, 4],
      [3, 0, 6, 3],
    ];
    eraseRegions(image, boxes, [1, 2, 3]);
    for (let i = 0; i < before.length; i++) {
      const [x, y] = [Math.floor(i / 3) % 9, Math.floor(i / 27)];
      const inside = boxes.some(([left, top, w, h]) => x >= left && x < left + w && y >= top && y < top + h);
      expect(image.data[i]).toBe(inside ? (i % 3) + 1 : before[i]);
    }
  });

  test('takes the mean colour by default, and refuses boxes that stick out', () => {
    const image = imageByFormula('formula', 2, 1);
    eraseRegions(image, [[0, 0, 2, 1]]);
    expect(Array.from(image.data)).toEqual([...MEAN_COLOR, ...MEAN_COLOR]);
    for (const box of [[1, 0, 2, 1] as const, [-1, 0, 1, 1] as const, [0, 0, 0.5, 1] as const]) {
      expect(() => eraseRegions(image, [box])).toThrow(`but received [${box.join(', ')}]`);
    }
    expect(() => eraseRegions(image, [], [0, 0, 999])).toThrow('three grey levels');
  });
});
