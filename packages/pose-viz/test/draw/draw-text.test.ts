import { drawText, VizError } from '../../src';
import type { Image } from '../../src';
import { fitText, textWidth } from '../../src/draw/draw-text';
import { GLYPHS } from '../../src/draw/glyphs';
import { createImage } from '../../src/picture/image';

const art = ({ data, width, height }: Image): string[] =>
  Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => (data[3 * (y * width + x)] > 0 ? '#' : '.')).join(''),
  );

test('the font has well-formed glyphs for ASCII 32..126, all different but O and 0', () => {
  const chars = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));
  expect(Object.keys(GLYPHS).sort()).toEqual([...chars].sort());
  for (const char of chars) expect(GLYPHS[char]).toMatch(/^([.#]{5} ){6}[.#]{5}$/);
  expect(GLYPHS.O).toBe(GLYPHS['0']);
  expect(new Set(Object.values(GLYPHS)).size).toBe(94);
});

test('drawText() sets proportional letters with descenders', () => {
  const image = createImage(9, 9, [0, 0, 0]);
  drawText(image, 'ip', 0, 0);
  expect(art(image)).toEqual([
    '#........',
    '.........',
    '#.####...',
    '#.#...#..',
    '#.#...#..',
    '#.#...#..',
    '#.####...',
    '..#......',
    '..#......',
  ]);
});

test('drawText() scales, clips, colours, and shows other characters as ?', () => {
  const one = createImage(6, 9, [0, 0, 0]);
  const two = createImage(12, 18, [0, 0, 0]);
  drawText(one, 'é', 0, 0);
  drawText(two, '?', 0, 0, { scale: 2, color: [9, 8, 7] });
  expect(art(two)).toEqual(art(one).flatMap((row) => Array(2).fill(row.replace(/./g, '$&$&'))));
  expect(Array.from(two.data.filter((v) => v > 0)).slice(0, 3)).toEqual([9, 8, 7]);
  const small = createImage(3, 3, [0, 0, 0]);
  drawText(small, 'HHH', -2, -2);
  expect(art(small)).toEqual(['..#', '###', '..#']);
});

test('textWidth(text, scale) and fitText(text, scale, width)', () => {
  expect(textWidth('', 3)).toBe(0);
  expect(textWidth('11', 2)).toBe(22);
  expect(fitText('epoch', 1, 100)).toBe('epoch');
  const cut = fitText('validation', 1, 30);
  expect(cut).toMatch(/^vali?d?\.\.$/);
  expect(textWidth(cut, 1)).toBeLessThanOrEqual(30);
  expect(fitText('validation', 1, 3)).toBe('');
});

test('drawText() throws on a bad scale or position', () => {
  const image = createImage(3, 3, [0, 0, 0]);
  expect(() => drawText(image, 'a', 0, 0, { scale: 1.5 })).toThrow(VizError);
  expect(() => drawText(image, 'a', NaN, 0)).toThrow('drawText: expected a finite position, found (NaN, 0)');
});
