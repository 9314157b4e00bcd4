import fc from 'fast-check';
import { COCO_SIGMAS, poseSimilarity, TrackError } from '../../src/index';
import { standingAt } from '../scene';

const person = standingAt(100, 200);

test('poseSimilarity(one, other) of a pose with itself is 1, and falls with the distance', () => {
  expect(poseSimilarity(person, person)).toBe(1);
  const similarities = [1, 4, 16, 64, 256].map((shift) => poseSimilarity(person, standingAt(100 + shift, 200)));
  expect([...similarities].sort((one, other) => other - one)).toEqual(similarities);
  expect(similarities[0]).toBeGreaterThan(0.9);
  expect(similarities[4]).toBeLessThan(1e-6);
});

test('poseSimilarity(one, other) is OKS with the mean of both areas over the keypoints that count in both', () => {
  const triplets = fc.array(
    fc.tuple(fc.double({ min: 0, max: 50, noNaN: true }), fc.double({ min: 0, max: 50, noNaN: true }), fc.nat(4)),
    { minLength: 3, maxLength: 3 },
  );
  const sizes = fc.integer({ min: 5, max: 60 });
  const sigmas = [0.03, 0.1, 0.4];
  fc.assert(
    fc.property(triplets, triplets, sizes, sizes, (one, other, size, otherSize) => {
      const scored = (pose: number[][]) => pose.flatMap(([x, y, fifths]) => [x, y, fifths / 5]);
      const area = (size * 10 + otherSize * 10) / 2;
      const terms = sigmas.flatMap((sigma, k) => {
        if (one[k][2] < 2 || other[k][2] < 2) return []; // 1/5 is not above the threshold of 0.2
        const distance = Math.hypot(one[k][0] - other[k][0], one[k][1] - other[k][1]);
        return [Math.exp(-(distance ** 2) / (2 * area * (2 * sigma) ** 2))];
      });
      const expected = terms.length === 0 ? 0 : terms.reduce((sum, term) => sum + term, 0) / terms.length;
      const found = poseSimilarity(
        { keypoints: scored(one), box: [0, 0, size, 10] },
        { keypoints: scored(other), box: [7, 7, otherSize, 10] },
        { sigmas },
      );
      expect(found).toBeCloseTo(expected, 12);
      expect(found).toBeLessThanOrEqual(1);
    }),
    { numRuns: 300 },
  );
});

test('poseSimilarity(one, other) takes the area, else the box, else the extent of the keypoints that count', () => {
  const sigmas = [0.1, 0.1, 0.1];
  const pose = (x: number) => ({ keypoints: [x, 0, 1, x + 20, 10, 1, 999, 999, 0.1] });
  const ofArea = (area: number) => Math.exp(-25 / (2 * area * 0.04));
  expect(poseSimilarity(pose(0), pose(5), { sigmas })).toBeCloseTo(ofArea(200), 12);
  const boxed = { ...pose(5), box: [0, 0, 30, 20] };
  expect(poseSimilarity(pose(0), boxed, { sigmas })).toBeCloseTo(ofArea((200 + 600) / 2), 12);
  expect(poseSimilarity(pose(0), { ...boxed, area: 1000 }, { sigmas })).toBeCloseTo(ofArea((200 + 1000) / 2), 12);
});

test('poseSimilarity(one, other) is 0 without a common keypoint or an area', () => {
  const sigmas = [0.1, 0.1];
  const left = { keypoints: [5, 5, 0.9, 9, 9, 0.1] };
  const right = { keypoints: [5, 5, 0.1, 9, 9, 0.9] };
  expect(poseSimilarity({ ...left, area: 100 }, { ...right, area: 100 }, { sigmas })).toBe(0);
  expect(poseSimilarity(left, left, { sigmas })).toBe(0);
});

test('poseSimilarity(one, other) throws a TrackError that names what does not fit', () => {
  const of = (change: object) => () => poseSimilarity(person, { ...person, ...change });
  expect(of({ keypoints: person.keypoints.slice(3) })).toThrow(TrackError);
  expect(of({ keypoints: person.keypoints.slice(3) })).toThrow(
    'other.keypoints: expected a list of 51 numbers, found a list of 48; one [x, y, score] for each of 17 keypoints',
  );
  expect(of({ keypoints: Object.assign([...person.keypoints], { 4: NaN }) })).toThrow(
    'other.keypoints[4]: expected a finite number, found NaN',
  );
  expect(of({ box: [0, 0, 0, 10] })).toThrow('other.box[2]: expected a width above 0, found 0');
  expect(of({ box: [0, 0, 10, -1] })).toThrow('other.box[3]: expected a height above 0, found -1');
  expect(of({ area: -1 })).toThrow('other.area: expected a number of 0 or more, found -1');
  expect(() => poseSimilarity(person, person, { sigmas: [] })).toThrow(
    'options.sigmas: expected one number per keypoint',
  );
  expect(() => poseSimilarity(person, person, { sigmas: COCO_SIGMAS.map(() => 0) })).toThrow(
    'options.sigmas[0]: expected a number above 0, found 0',
  );
});
