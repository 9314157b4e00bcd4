import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';

/** Pixels that vary on every scale, by formula, so that each block of a JPEG has all of its frequencies. */
export function texture(width: number, height: number, seed = 1): Sharp {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const x = Math.floor(i / 3) % width;
    const y = Math.floor(i / 3 / width);
    const wave = 90 * Math.sin((x * seed + y * 2 + (i % 3) * 40) / 7) + 50 * Math.cos((x * 3 - y * seed) / 23);
    return 128 + wave * 0.8 + (((x * 7919 + y * 104729 + i * seed) >> 3) % 31) - 15;
  });
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** Files that both JPEG decoders take: any size, grey or colour, baseline or progressive, both chroma samplings. */
export function jpegFiles(maxSide: number): fc.Arbitrary<{ encode: () => Promise<Buffer>; description: string }> {
  const side = fc.integer({ min: 1, max: maxSide });
  return fc
    .record({
      width: side,
      height: side,
      seed: fc.integer({ min: 1, max: 9 }),
      grey: fc.boolean(),
      options: fc.record({
        quality: fc.integer({ min: 5, max: 100 }),
        progressive: fc.boolean(),
        optimiseCoding: fc.boolean(),
        chromaSubsampling: fc.constantFrom('4:2:0', '4:4:4'),
      }),
    })
    .map(({ width, height, seed, grey, options }) => ({
      encode: () =>
        texture(width, height, seed)
          .toColourspace(grey ? 'b-w' : 'srgb')
          .jpeg(options)
          .toBuffer(),
      description: `${width}x${height} ${JSON.stringify({ seed, grey, ...options })}`,
    }));
}
