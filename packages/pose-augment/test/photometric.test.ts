import fc from 'fast-check';
import { applyPhotometric, createRandom, drawPhotometric, type Image, type Photometric, type Random } from '../src';
import { imageByFormula } from './golden';

const NEUTRAL: Photometric = {
  brightness: 0,
  contrast: 1,
  contrastLast: false,
  saturation: 1,
  hue: 0,
  channelOrder: [0, 1, 2],
};

const one = (...rgb: number[]): Image => ({ data: Uint8Array.from(rgb), width: 1, height: 1, channels: 3 });

const changed = (image: Image, photometric: Partial<Photometric>): number[] => {
  const copy = { ...image, data: image.data.slice() };
  applyPhotometric(copy, { ...NEUTRAL, ...photometric });
  return Array.from(copy.data);
};

/** The textbook way through hue, saturation and value (Foley & van Dam), sector by sector. */
function plainPhotometric(rgb: number[], p: Photometric): number[] {
  const limited = (level: number) => Math.min(Math.max(level, 0), 255);
  let levels = rgb.map((level) => limited(level + p.brightness));
  if (!p.contrastLast) levels = levels.map((level) => limited(level * p.contrast));
  const [r, g, b] = levels;
  const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)];
  if (most > least) {
    let degrees = 60 * ((g - b) / (most - least));
    if (most === g && most !== r) degrees = 60 * ((b - r) / (most - least)) + 120;
    if (most === b && most !== r && most !== g) degrees = 60 * ((r - g) / (most - least)) + 240;
    const s = Math.min(((most - least) / most) * p.saturation, 1);
    const h = (((degrees + p.hue) % 360) + 360) % 360;
    const sector = Math.floor(h / 60);
    const f = h / 60 - sector;
    const [low, falling, rising] = [most * (1 - s), most * (1 - s * f), most * (1 - s * (1 - f))];
    levels = [
      [most, rising, low],
      [falling, most, low],
      [low, most, rising],
      [low, falling, most],
      [rising, low, most],
      [most, low, falling],
    ][sector % 6];
  }
  if (p.contrastLast) levels = levels.map((level) => limited(level * p.contrast));
  return p.channelOrder.map((c) => levels[c]);
}

describe('drawPhotometric(random, options)', () => {
  test('draws within the options, each change in half of the cases', () => {
    const random = createRandom(4);
    const draws = Array.from({ length: 4000 }, () =>
      drawPhotometric(random, {
        brightnessDelta: 9,
        contrastRange: [0.8, 1.1],
        saturationRange: [0.7, 3],
        hueDelta: 5,
      }),
    );
    for (const { brightness, contrast, saturation, hue } of draws) {
      expect(Math.abs(brightness)).toBeLessThanOrEqual(9);
      expect(contrast >= 0.8 && contrast <= 1.1 && saturation >= 0.7 && saturation <= 3).toBe(true);
      expect(Math.abs(hue)).toBeLessThanOrEqual(5);
    }
    const share = (is: (draw: Photometric) => boolean) => draws.filter(is).length / draws.length;
    expect(share(({ brightness }) => brightness !== 0)).toBeCloseTo(0.5, 1);
    expect(share(({ contrast }) => contrast !== 1)).toBeCloseTo(0.5, 1);
    expect(share(({ contrastLast }) => contrastLast)).toBeCloseTo(0.5, 1);
    expect(share(({ saturation, hue }) => saturation !== 1 && hue !== 0)).toBeCloseTo(0.25, 1);
    expect(share(({ saturation, hue }) => saturation === 1 && hue === 0)).toBeCloseTo(0.25, 1);
    // One of the six orders is the neutral one.
    expect(share(({ channelOrder }) => channelOrder.join() !== '0,1,2')).toBeCloseTo(0.5 * (5 / 6), 1);
    expect(new Set(draws.map(({ channelOrder }) => channelOrder.join())).size).toBe(6);
  });

  test('repeats itself for the same seed and always takes ten uniform draws', () => {
    for (let seed = 0; seed < 20; seed++) {
      const [random, twin] = [createRandom(seed), createRandom(seed)];
      const drawn = drawPhotometric(random);
      expect(drawPhotometric(createRandom(seed))).toEqual(drawn);
      for (let i = 0; i < 10; i++) twin.uniform();
      expect(random.uniform()).toBe(twin.uniform());
    }
  });

  test('the largest draw stays within the last order of channels', () => {
    const last: Random = { uniform: () => 1 - 2 ** -53, normal: () => 0 };
    expect(drawPhotometric(last).channelOrder).toEqual([2, 1, 0]);
  });

  test('refuses ranges turned around', () => {
    expect(() => drawPhotometric(createRandom(1), { contrastRange: [1.5, 0.5] })).toThrow(
      'Expected 0 <= 1.5 <= 0.5 for contrastRange',
    );
    expect(() => drawPhotometric(createRandom(1), { hueDelta: NaN })).toThrow('finite numbers for hueDelta');
    expect(() => drawPhotometric(createRandom(1), { brightnessDelta: -1 })).toThrow('for brightnessDelta');
  });
});

describe('applyPhotometric(image, photometric)', () => {
  test('neutral values leave every byte', () => {
    const image = imageByFormula('formula', 31, 17);
    expect(changed(image, {})).toEqual(Array.from(image.data));
    expect(changed(image, { contrastLast: true })).toEqual(Array.from(image.data));
  });

  test('equals its plain twin, rounded', () => {
    const level = fc.nat(255);
    const tenths = (least: number, most: number) => fc.integer({ min: least * 10, max: most * 10 }).map((n) => n / 10);
    const photometric = fc.record({
      brightness: tenths(-60, 60),
      contrast: tenths(0, 2),
      contrastLast: fc.boolean(),
      saturation: tenths(0, 3),
      hue: tenths(-400, 400),
      channelOrder: fc.constantFrom([0, 1, 2] as const, [2, 0, 1] as const, [1, 0, 2] as const),
    });
    fc.assert(
      fc.property(level, level, level, photometric, (r, g, b, p) => {
        plainPhotometric([r, g, b], p).forEach((expected, c) => {
          expect(Math.abs(changed(one(r, g, b), p)[c] - expected)).toBeLessThan(0.5 + 1e-6);
        });
      }),
    );
  });

  test('turns red to green in 120 degrees, back in 240, takes colour away, and exchanges channels', () => {
    expect(changed(one(200, 20, 20), { hue: 120 })).toEqual([20, 200, 20]);
    expect(changed(one(20, 200, 20), { hue: -120 })).toEqual([200, 20, 20]);
    expect(changed(one(200, 20, 60), { saturation: 0 })).toEqual([200, 200, 200]);
    expect(changed(one(200, 20, 60), { channelOrder: [2, 0, 1] })).toEqual([60, 200, 20]);
    expect(changed(one(250, 20, 1), { brightness: 10 })).toEqual([255, 30, 11]);
  });

  test('refuses numbers that are not finite, negative factors, and orders that are none', () => {
    expect(() => changed(one(1, 2, 3), { hue: NaN })).toThrow('finite numbers for brightness and hue');
    expect(() => changed(one(1, 2, 3), { contrast: -1 })).toThrow('for contrast');
    expect(() => changed(one(1, 2, 3), { channelOrder: [0, 0, 1] })).toThrow('but received [0, 0, 1]');
  });
});
