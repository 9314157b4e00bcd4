import fc from 'fast-check';
import { confidenceMaps, partAffinityFields } from '@pose/heatmap-targets';
import { findPeaks, type GroupedPerson, groupPeople, type GroupOptions, openPoseToCoco } from '../../src';

// jest looks globals up in a sandbox, which is slow in loops.
const { abs, cos, PI, sin } = Math;

/** Flat [x, y, v] triplets of 18 or 17 keypoints, network input pixels; v is 0 where a keypoint is missing. */
export type Person = number[];

/** OpenPose's keypoints of someone who stands, in pixels from the middle. */
const STANDING = [
  [0, -32], [0, -25], [-9, -24], [-13, -12], [-18, 6], [9, -24], [13, -12], [18, 6], [-5, 2], [-7, 20], [-7, 38], [5, 2],
  [7, 20], [7, 38], [-5, -38], [5, -38], [-11, -36], [11, -36],
]; // prettier-ignore

/** Elbow and hand, knee and foot: whoever lacks one from some keypoint on stays in one piece. */
export const ARMS_AND_LEGS = [[3, 4], [6, 7], [9, 10], [12, 13]]; // prettier-ignore

/**
 * Someone of 80 pixels about `middle`, turned by `degrees`, who may lack keypoints at the end of `ends`. Elbows, hands, knees
 * and feet are moved by up to 4 pixels along x and y, the rest by up to 1: no keypoint is further than 45 from the middle, no
 * two that a limb joins are nearer than 5.
 */
export function personAbout(
  middle: readonly [number, number],
  ends: number[][],
  degrees = fc.integer({ min: 0, max: 359 }),
): fc.Arbitrary<Person> {
  const move = fc.integer({ min: -10, max: 10 }).map((tenth) => tenth / 10);
  return fc
    .record({
      degrees,
      moves: fc.array(move, { minLength: 36, maxLength: 36 }),
      keptOfEnds: fc.tuple(...ends.map(({ length }) => fc.integer({ min: 0, max: length }))),
    })
    .map(({ degrees, moves, keptOfEnds }) => {
      const [c, s] = [cos((degrees * PI) / 180), sin((degrees * PI) / 180)];
      const missing = ends.flatMap((end, i) => end.slice(keptOfEnds[i]));
      return STANDING.flatMap(([x, y], k) => {
        if (missing.includes(k)) return [0, 0, 0];
        const reach = ARMS_AND_LEGS.flat().includes(k) ? 4 : 1;
        const [dx, dy] = [reach * moves[2 * k], reach * moves[2 * k + 1]];
        return [middle[0] + x * c - y * s + dx, middle[1] + x * s + y * c + dy, 2];
      });
    });
}

/**
 * Cells. With the published 1, limbs that rise to the right miss cells that both groupings read: training targets stand at
 * whole numbers of cells, half a cell from where these look, and 'nearest' takes the cell below.
 */
const LIMB_WIDTH = 2;

export interface SceneOptions extends Omit<GroupOptions, 'size'> {
  /** network input pixels */
  inputSize: readonly [number, number];
  keypoints: number;
}

/** The people as training targets, with the size of the maps. */
export function draw(people: readonly Person[], options: SceneOptions) {
  const { inputSize, keypoints, limbs, layout } = options;
  const size = [inputSize[0] / 8, inputSize[1] / 8] as const;
  const frame = { inputSize, heatmapSize: size, layout };
  return {
    size,
    heatmaps: confidenceMaps(people, { ...frame, keypointCount: keypoints }),
    fields: partAffinityFields(people, { ...frame, limbs, limbWidth: LIMB_WIDTH }),
  };
}

/** The people that are found in their training targets. */
export function findAgain(people: readonly Person[], options: SceneOptions): GroupedPerson[] {
  const { keypoints, layout } = options;
  const { size, heatmaps, fields } = draw(people, options);
  const peaks = findPeaks(heatmaps, { size, layout, keypoints, maps: keypoints + 1 });
  return groupPeople(peaks, fields, { ...options, size });
}

/** Fails unless these are the people, keypoint by keypoint within `pixels` along x and y, and missing where missing. */
export function expectPeople(found: readonly GroupedPerson[], people: readonly Person[], pixels: number): void {
  expect(found).toHaveLength(people.length);
  const left = [...found];
  for (const person of people) {
    const place = left.findIndex(({ keypoints }) =>
      person.every((value, i) => {
        if (i % 3 === 2) return value > 0 === keypoints[i] > 0;
        return abs(keypoints[i] - value) <= pixels;
      }),
    );
    if (place < 0) throw new Error(`nobody found is ${JSON.stringify(person)}, of ${left.length} left`);
    left.splice(place, 1);
  }
}

export const toCoco = (person: Person): Person => Array.from(openPoseToCoco(person));
