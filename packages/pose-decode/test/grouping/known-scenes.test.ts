import fc from 'fast-check';
import { COCO_GROUPING, findPeaks, groupPeople, OPENPOSE_GROUPING, PAF_TO_POSE } from '../../src';
import { type Scene, sceneFields, sceneHeatmaps } from './paf-scene';
import { ARMS_AND_LEGS, draw, expectPeople, findAgain, type Person, personAbout, toCoco } from './random-people';

const INPUT = [368, 368] as const;
/**
 * How far a keypoint may be from where it was drawn, along x and y: positions are whole pixels, and a cubic through the
 * cells of a Gaussian of 7 pixels, less than one cell of 8, has its maximum a little beside it.
 */
const PIXELS = 1;
/** Cells at the border have neighbours on one side only, which moves a maximum there by up to a cell. */
const BORDER_PIXELS = 8;

/** Nine places of 122 pixels: people in them are 32 pixels, four cells, apart and 17 from the border at least. */
const PLACES = Array.from({ length: 9 }, (_, i) => [62 + 122 * (i % 3), 62 + 122 * Math.floor(i / 3)] as const);

const OPENPOSE = { inputSize: INPUT, keypoints: 18, ...OPENPOSE_GROUPING };
const COCO = { inputSize: INPUT, keypoints: 17, ...COCO_GROUPING };
const OPENPOSE_KEYPOINTS = Array.from({ length: 18 }, (_, k) => k);
const readings = fc.constantFrom({}, PAF_TO_POSE);
const layouts = fc.constantFrom('hwk' as const, 'khw' as const);

describe('groupPeople finds exactly the people that were drawn', () => {
  test.each([
    ["OpenPose's 18 keypoints, some without arms, legs or ears", OPENPOSE, (person: Person) => person, [[16], [17]]],
    // both ears join COCO's head to the body
    ["COCO's 17 keypoints, some without arms, legs or the left ear", COCO, toCoco, [[17]]],
  ])('none to nine of them, %s', (_, skeleton, convert, ears) => {
    const people = fc
      .shuffledSubarray(PLACES)
      .chain((places) => fc.tuple(...places.map((place) => personAbout(place, [...ARMS_AND_LEGS, ...ears]))));
    fc.assert(
      fc.property(people, readings, layouts, (drawn, reading, layout) => {
        const converted = drawn.map(convert);
        expectPeople(findAgain(converted, { ...skeleton, layout, ...reading }), converted, PIXELS);
      }),
      { seed: 8, numRuns: 50 },
    );
  });

  test('two whose arms cross, limb over the same limb', () => {
    const cases = fc.record({
      left: personAbout([90, 180], []),
      right: personAbout([278, 180], []),
      shift: fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 })),
      reach: fc.integer({ min: 24, max: 40 }),
    });
    fc.assert(
      fc.property(cases, readings, ({ left, right, shift: [dx, dy], reach }, reading) => {
        // an X about (184, 180): both left forearms, each from its person's side to the other's
        const withArm = (person: Person, elbow: number[], wrist: number[]): Person => {
          const arm = [elbow, wrist].flatMap(([x, y]) => [184 + x, 180 + y, 2]);
          return [...person.slice(0, 18), ...arm, ...person.slice(24)];
        };
        const crossing = [
          withArm(left, [dx / 4 - reach, dy / 4 - reach], [dx / 4 + reach, dy / 4 + reach]),
          withArm(right, [reach, -reach], [-reach, reach]),
        ];
        expectPeople(findAgain(crossing, { ...OPENPOSE, ...reading }), crossing, PIXELS);
      }),
      { seed: 8, numRuns: 30 },
    );
  });

  test('two who stand side by side, all of their keypoints four to five cells apart', () => {
    // Not one behind the other: limbs of the same kind, end to end in one line, are one limb in the fields.
    const standing = personAbout([184, 184], ARMS_AND_LEGS, fc.integer({ min: -15, max: 15 }));
    const shift = fc.tuple(fc.integer({ min: 32, max: 40 }), fc.integer({ min: -16, max: 16 }));
    fc.assert(
      fc.property(standing, shift, readings, (one, [dx, dy], reading) => {
        const other = one.map((value, i) => (one[i - (i % 3) + 2] === 0 ? 0 : value + [dx, dy, 0][i % 3]));
        // Training targets of LIMB_WIDTH reach that far beyond the ends of a limb too: these do not.
        const scene: Scene = {
          grid: 46,
          stride: 8,
          persons: [one, other].map((person) =>
            Array.from({ length: 18 }, (_, k) =>
              person[3 * k + 2] > 0 ? [person[3 * k], person[3 * k + 1], 1] : null,
            ),
          ),
          extra_peaks: [],
          heat_sigma: 7,
          paf_sigma: 5,
          paf_strength: 0.9,
          heat_noise: 0,
          paf_noise: 0,
          noise_name: '',
        };
        const size = [46, 46] as const;
        const peaks = findPeaks(sceneHeatmaps(scene), { size, keypoints: 18, maps: 19 });
        const fields = sceneFields(scene, OPENPOSE.limbs);
        expectPeople(groupPeople(peaks, fields, { size, ...OPENPOSE_GROUPING, ...reading }), [one, other], PIXELS);
      }),
      { seed: 8, numRuns: 15 },
    );
  });

  test('people at the border, of whom all limbs in the image are found', () => {
    const side = fc.constantFrom([0, 184], [184, 0], [368, 184], [184, 368]);
    fc.assert(
      fc.property(
        side.chain(([x, y]) => personAbout([x, y], [])),
        readings,
        (whole, reading) => {
          const isInside = (k: number) =>
            [0, 1].every((axis) => whole[3 * k + axis] >= 0 && whole[3 * k + axis] <= 367);
          const found = findAgain([whole], { ...OPENPOSE, ...reading, minParts: 2, minScore: 0 });
          for (const { keypoints, parts } of found) {
            parts.forEach((peak, k) => {
              if (peak < 0 || !isInside(k)) return;
              expect(Math.abs(keypoints[3 * k] - whole[3 * k])).toBeLessThanOrEqual(BORDER_PIXELS);
              expect(Math.abs(keypoints[3 * k + 1] - whole[3 * k + 1])).toBeLessThanOrEqual(BORDER_PIXELS);
            });
          }
          const held = new Set(found.flatMap(({ parts }) => OPENPOSE_KEYPOINTS.filter((k) => parts[k] >= 0)));
          const joined = OPENPOSE.limbs.filter(([from, to]) => isInside(from) && isInside(to)).flat();
          expect([...joined].filter((k) => !held.has(k))).toEqual([]);
        },
      ),
      { seed: 8, numRuns: 30 },
    );
  });

  test('someone without a neck is as many people as limbs hang together, if these have enough keypoints', () => {
    const [whole] = fc.sample(personAbout([184, 184], []), { seed: 8, numRuns: 1 });
    const only = (...kept: number[]): Person =>
      OPENPOSE_KEYPOINTS.flatMap((k) => (kept.includes(k) ? whole.slice(3 * k, 3 * k + 3) : [0, 0, 0]));
    const upper = only(0, 2, 3, 4, 5, 6, 7, 14, 15, 16, 17);
    const legs = [only(8, 9, 10), only(11, 12, 13)];
    const person = only(...OPENPOSE_KEYPOINTS.filter((k) => k !== 1));
    expectPeople(findAgain([person], OPENPOSE), [upper], PIXELS);
    expectPeople(findAgain([person], { ...OPENPOSE, minParts: 3 }), [upper, ...legs], PIXELS);
  });

  test('nobody in one keypoint alone, or in peaks that no field joins', () => {
    const [person] = fc.sample(personAbout([184, 184], []), { seed: 9, numRuns: 1 });
    for (const k of OPENPOSE_KEYPOINTS) {
      const alone = person.map((value, i) => (Math.floor(i / 3) === k ? value : 0));
      expect(findAgain([alone], { ...OPENPOSE, minParts: 0, minScore: 0 })).toEqual([]);
    }
    const { heatmaps, size } = draw([person], OPENPOSE);
    const peaks = findPeaks(heatmaps, { size, keypoints: 18, maps: 19 });
    expect(peaks.points).toHaveLength(3 * 18);
    expect(groupPeople(peaks, new Float32Array(46 * 46 * 38), { size, ...OPENPOSE_GROUPING })).toEqual([]);
  });

  test.each<[string, [number, number], (at: number) => [number, number]]>([
    ['one cell high', [320, 8], (at) => [at, 0]],
    ['one cell wide', [8, 320], (at) => [0, at]],
    // all rows of one enlarged cell are equal, and the first maximum counts: 0
  ])('in maps of %s', (_, inputSize, place) => {
    const cases = fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(cases, readings, layouts, (shifts, reading, layout) => {
        // four keypoints in a row, and the same 160 pixels further on
        const people = [0, 160].map((from, n) =>
          [0, 1, 2, 3].flatMap((k) => [...place(from + 16 + 32 * k + shifts[4 * n + k]), 2]),
        );
        const limbs = [[0, 1], [1, 2], [2, 3]] as const; // prettier-ignore
        expectPeople(findAgain(people, { inputSize, keypoints: 4, limbs, layout, ...reading }), people, PIXELS);
      }),
      { seed: 8, numRuns: 30 },
    );
  });

  test('in maps of noise as well, and there with bounded work', () => {
    const noise = fc.sample(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), { seed: 8, numRuns: 1 })[0];
    const take = (length: number, change: (value: number) => number) =>
      Float32Array.from({ length }, () => change(noise.next().value));
    const size = [46, 46] as const;
    const peaks = findPeaks(take(46 * 46 * 18, (value) => value), { size, keypoints: 18 }); // prettier-ignore
    expect(Array.from(peaks.starts)).toEqual(Array.from({ length: 19 }, (_, k) => 127 * k));
    const people = groupPeople(peaks, take(46 * 46 * 38, (value) => 2 * value - 1), { size, ...OPENPOSE_GROUPING }); // prettier-ignore
    expect(people.length).toBeGreaterThan(0);
    for (const { parts, keypoints } of people) {
      parts.forEach((peak, k) => {
        if (peak < 0) return;
        expect(peak >= peaks.starts[k] && peak < peaks.starts[k + 1]).toBe(true);
        expect(keypoints.subarray(3 * k, 3 * k + 3)).toEqual(peaks.points.subarray(3 * peak, 3 * peak + 3));
      });
    }
  });
});
