import type { Image } from '@pose/pose-augment';

/** A black image with discs of pure colours: of each person one red, one green and one blue, centres in image pixels. */
export function colouredDiscs(
  [width, height]: readonly [number, number],
  people: readonly (readonly (readonly [number, number])[])[],
  radius = 9,
): Image {
  const { hypot, max, round } = Math;
  const data = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (const person of people) {
        person.forEach(([cx, cy], colour) => {
          const i = 3 * (y * width + x) + colour;
          data[i] = max(data[i], round(255 * max(0, 1 - hypot(x - cx, y - cy) / radius)));
        });
      }
    }
  }
  return { data, width, height, channels: 3 };
}
