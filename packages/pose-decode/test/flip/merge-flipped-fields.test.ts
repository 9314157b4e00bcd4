import fc from 'fast-check';
import { DecodeError, type FlipFieldsOptions, mergeFlippedFields, OPENPOSE_GROUPING } from '../../src';
import { type Scene, sceneFields } from '../grouping/paf-scene';

// jest looks globals up in a sandbox, which is slow in loops.
const { abs, floor } = Math;

const { limbs } = OPENPOSE_GROUPING;
const flipPairs = [[2, 5], [3, 6], [4, 7], [8, 11], [9, 12], [10, 13], [14, 15], [16, 17]] as const; // prettier-ignore
const GRID = 10;
const options: FlipFieldsOptions = { size: [GRID, GRID], limbs, flipPairs };

const scene = (persons: Scene['persons']): Scene => ({
  grid: GRID,
  stride: 8,
  persons,
  extra_peaks: [],
  heat_sigma: 7,
  paf_sigma: 8,
  paf_strength: 0.9,
  heat_noise: 0,
  paf_noise: 0,
  noise_name: '',
});

/** The person in the mirrored image: the left hand is at the right, and a right hand. */
function mirrored(person: Scene['persons'][number]): Scene['persons'][number] {
  const other = new Map<number, number>(flipPairs.flatMap(([left, right]) => [[left, right], [right, left]])); // prettier-ignore
  return person.map((_, k) => {
    const point = person[other.get(k) ?? k];
    return point && [8 * GRID - 1 - point[0], point[1], point[2]];
  });
}

/** [batch, height, width, channels] to [batch, channels, height, width]. */
function channelsFirst(fields: Float32Array): Float32Array {
  const [area, channels] = [GRID * GRID, 2 * limbs.length];
  return fields.map((_, i) => {
    const [image, channel, cell] = [floor(i / area / channels), floor(i / area) % channels, i % area];
    return fields[(image * area + cell) * channels + channel];
  });
}

function largestDifference(one: Float32Array, other: Float32Array): number {
  return one.reduce((largest, value, i) => (abs(value - other[i]) > largest ? abs(value - other[i]) : largest), 0);
}

describe('mergeFlippedFields(fields, mirroredFields, options, into)', () => {
  const at = fc.integer({ min: 0, max: 8 * GRID - 1 });
  const people = fc.array(fc.array(fc.option(fc.tuple(at, at)), { minLength: 18, maxLength: 18 }), { maxLength: 3 });

  test('gives the fields of a scene from those of the scene and of its mirror image, both layouts, a batch', () => {
    fc.assert(
      fc.property(people, people, (...images) => {
        // by k / 32, so that no limb has length 0
        const persons = images.map(
          (image) =>
          image.map((person) => person.map((point, k): [number, number, number] | null => point && [point[0], point[1] + k / 32, 1])), // prettier-ignore
        );
        const batch = 2;
        const join = (parts: Float32Array[]) => Float32Array.from(parts.flatMap((part) => Array.from(part)));
        const fields = join(persons.map((image) => sceneFields(scene(image), limbs)));
        const flipped = join(persons.map((image) => sceneFields(scene(image.map(mirrored)), limbs)));
        const merged = mergeFlippedFields(fields, flipped, { ...options, batch });
        expect(largestDifference(merged, fields)).toBeLessThan(1e-6);
        const first = channelsFirst(fields);
        const mergedFirst = mergeFlippedFields(first, channelsFirst(flipped), { ...options, batch, layout: 'khw' }); // prettier-ignore
        expect(mergedFirst).toEqual(channelsFirst(merged));
      }),
      { numRuns: 10 },
    );
  });

  test('is the mean, and reverses a limb between a left and a right keypoint', () => {
    // 3 cells in a row, two limbs: 0 -> 2 and 1 -> 2, where 1 and 2 change places
    const shape: FlipFieldsOptions = { size: [3, 1], limbs: [[0, 1], [0, 2], [1, 2]], flipPairs: [[2, 1]] }; // prettier-ignore
    const zeros = new Float32Array(18);
    const flipped = new Float32Array(18);
    flipped.set([0.8, 0.4, 0.2, 0.6, 0.5, 0.3]); // column 0, to become column 2
    const merged = mergeFlippedFields(zeros, flipped, shape);
    const half = [-0.1, 0.3, -0.4, 0.2, 0.25, -0.15]; // limbs 0 and 1 exchanged and x negated; limb 2 reversed
    expect(Array.from(merged.subarray(0, 12))).toEqual(Array.from({ length: 12 }, () => 0));
    half.forEach((value, i) => expect(merged[12 + i]).toBeCloseTo(value, 6));
    const into = new Float32Array(18);
    expect(mergeFlippedFields(flipped, zeros, shape, into)).toBe(into);
    expect(Array.from(into.subarray(0, 6))).toEqual(Array.from(flipped.subarray(0, 6), (value) => value / 2));
  });

  const fields = new Float32Array(GRID * GRID * 38);
  test.each<[string, Partial<FlipFieldsOptions>, string]>([
    ['another size', { size: [9, 9] }, 'Expected 3078 values in fields (1 x 38 maps of 9x9) but found 3800'],
    ['no limbs', { limbs: [] }, 'Expected at least one limb but received none'],
    [
      'limbs of one side',
      { flipPairs: [[2, 5]] },
      'Expected a limb [5, 3], which limbs[7], [2, 3], is in the mirrored image: do limbs and flipPairs belong together?',
    ],
    ['half a pair', { flipPairs: [[2, 5.5]] }, 'Expected flip pairs of keypoint indices but received [2, 5.5]'],
  ])('refuses %s', (_, changed, message) => {
    const merge = () => mergeFlippedFields(fields, fields.slice(), { ...options, ...changed });
    expect(merge).toThrow(DecodeError);
    expect(merge).toThrow(message);
  });

  test('refuses fields of another length, and results in the place of the fields', () => {
    const others = fields.slice();
    expect(() => mergeFlippedFields(fields, fields.subarray(38), options)).toThrow('3800 values in mirroredFields');
    for (const into of [fields, others]) {
      expect(() => mergeFlippedFields(fields, others, options, into)).toThrow('another array than the fields');
    }
  });
});
