import fc from 'fast-check';
import type { FrameOptions } from '../src/heatmap-options';

export const decimal = (min: number, max: number) =>
  fc.integer({ min: min * 64, max: max * 64 }).map((steps) => steps / 64);

const size = fc.tuple(fc.integer({ min: 2, max: 20 }), fc.integer({ min: 2, max: 20 }));

/** Small maps of any proportion, mostly smaller than their input. */
export const frames = fc.record({
  inputSize: fc.tuple(fc.integer({ min: 2, max: 80 }), fc.integer({ min: 2, max: 80 })),
  heatmapSize: size,
});

const visibility = fc.constantFrom(0, 1, 2);

/** Inside, around and outside of the input of `frames`. */
export const keypoint = fc.tuple(decimal(-40, 120), decimal(-40, 120), visibility);

/** A finite number that no image has. */
const anywhere = fc.oneof(
  decimal(-40, 120),
  fc.constantFrom(5e-324, -0, 2 ** 31, -(2 ** 31), 2 ** 53, 1e17, -1e17, 3.4028e38, -3.5e38, 1e300, -1e300),
  fc.constantFrom(Number.MAX_VALUE, -Number.MAX_VALUE),
);

const far = fc.tuple(anywhere, anywhere, visibility);

const personOf = (each: fc.Arbitrary<[number, number, number]>, count: number) =>
  fc.array(each, { minLength: count, maxLength: count }).map((triplets) => triplets.flat());

export const COUNT = 3;
export const person = personOf(keypoint, COUNT);
export const farPerson = personOf(far, COUNT);
export const people = fc.array(person, { minLength: 1, maxLength: 4 });
export const farPeople = fc.array(farPerson, { minLength: 1, maxLength: 4 });

/** A person's labelled keypoints that are inside of the input. */
export function insideOf(keypoints: ArrayLike<number>, { inputSize: [width, height] }: FrameOptions) {
  const inside: { k: number; x: number; y: number }[] = [];
  for (let k = 0; k < keypoints.length / 3; k++) {
    const [x, y, v] = [keypoints[3 * k], keypoints[3 * k + 1], keypoints[3 * k + 2]];
    if (v > 0 && x >= 0 && x <= width - 1 && y >= 0 && y <= height - 1) inside.push({ k, x, y });
  }
  return inside;
}
