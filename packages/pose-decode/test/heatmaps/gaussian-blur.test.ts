import fc from 'fast-check';
import { DecodeError } from '../../src';
import { gaussianKernel, mapBlur } from '../../src/heatmaps/gaussian-blur';

/** The sum over the window, with the index mirrored one step at a time until it is inside. */
function plainBlur(map: number[], width: number, height: number, size: number, border: 'zero' | 'reflect'): number[] {
  const kernel = gaussianKernel(size);
  const reach = (size - 1) / 2;
  const inside = (at: number, count: number): number => {
    let i = at;
    while (count > 1 && (i < 0 || i >= count)) i = i < 0 ? -i : 2 * (count - 1) - i;
    return count === 1 ? 0 : i;
  };
  return map.map((_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    let sum = 0;
    for (let j = -reach; j <= reach; j++) {
      for (let i = -reach; i <= reach; i++) {
        const isOutside = x + i < 0 || x + i >= width || y + j < 0 || y + j >= height;
        if (border === 'zero' && isOutside) continue;
        sum += kernel[j + reach] * kernel[i + reach] * map[inside(y + j, height) * width + inside(x + i, width)];
      }
    }
    return sum;
  });
}

test('mapBlur(width, height, kernelSize, border) equals its plain twin, also where the kernel is larger than the map', () => {
  const side = fc.integer({ min: 1, max: 6 });
  const cases = fc.tuple(side, side).chain(([width, height]) => {
    const levels = fc.array(fc.integer({ min: -3, max: 9 }), { minLength: width * height, maxLength: width * height });
    return fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      levels,
      size: fc.constantFrom(1, 3, 7, 11, 15),
      border: fc.constantFrom('zero' as const, 'reflect' as const),
    });
  });
  fc.assert(
    fc.property(cases, ({ width, height, levels, size, border }) => {
      const map = Float64Array.from(levels);
      mapBlur(width, height, size, border)(map);
      plainBlur(levels, width, height, size, border).forEach((value, i) => expect(map[i]).toBeCloseTo(value, 9));
    }),
  );
});

test('gaussianKernel(size) adds up to 1 and refuses sizes without a middle', () => {
  for (const size of [1, 3, 5, 7, 9, 11, 17, 23]) {
    expect(gaussianKernel(size)).toHaveLength(size);
    expect(gaussianKernel(size).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 6);
  }
  for (const size of [0, 4, 2.5, NaN]) {
    expect(() => gaussianKernel(size)).toThrow(DecodeError);
    expect(() => gaussianKernel(size)).toThrow(
      `an odd positive integer for the size of the blur's kernel but received ${size}`,
    );
  }
});
