import { drawPeople, drawPose, personColor, VizError, type Color, type Image, type Person } from '../../src';
import { createImage } from '../../src/picture/image';
import { SIDE_COLORS } from '../../src/draw/skeleton-colors';
import { PEOPLE, SKELETON } from '../scene';

const GREY = [90, 90, 90] as const;
const grey = (): Image => createImage(320, 240, GREY);
const at = ({ data, width }: Image, x: number, y: number): number[] =>
  Array.from(data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3));
const same = (a: Image, b: Image): boolean => Buffer.from(a.data).equals(b.data);
/** Pixels of exactly this colour. */
const count = (image: Image, color: readonly number[]): number => {
  let found = 0;
  for (let i = 0; i < image.data.length; i += 3) if (color.every((c, k) => image.data[i + k] === c)) found += 1;
  return found;
};

test('drawPeople() without options draws each as drawPose() does', () => {
  const [together, one] = [grey(), grey()];
  drawPeople(together, PEOPLE, SKELETON);
  for (const { keypoints } of PEOPLE) drawPose(one, keypoints, SKELETON);
  expect(same(together, one)).toBe(true);
});

test('drawPeople() draws the largest last, whatever their order', () => {
  const small = [160, 20, 0, 152, 100, 2, 168, 100, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  const large = [160, 20, 2, 100, 100, 2, 220, 100, 2, 110, 200, 2, 210, 200, 2, 0, 0, 0, 0, 0, 0];
  const [color, other] = [
    [200, 0, 0],
    [0, 200, 0],
  ] as const;
  const draw = (people: Person[]): Image => {
    const image = grey();
    drawPeople(image, people, SKELETON);
    return image;
  };
  const far = { keypoints: small, color };
  const near = { keypoints: large, color: other };
  const image = draw([near, far]);
  expect(same(image, draw([far, near]))).toBe(true);
  // The shoulders' limb of the large one lies over that of the small one: of opacity 0.9 on a dark rim.
  const [red, green] = at(image, 160, 100);
  expect(green).toBeGreaterThan(150);
  expect(red).toBeLessThan(60);
});

test('a person’s colour is that of limbs, box and label; joints keep the colours of their sides', () => {
  const image = grey();
  drawPeople(image, [{ ...PEOPLE[0], color: [200, 0, 200], box: [70, 30, 110, 200], label: '7' }], SKELETON);
  expect(at(image, 150, 220)).toEqual(SIDE_COLORS.left);
  expect(at(image, 92, 221)).toEqual(SIDE_COLORS.right);
  const [red, green, blue] = at(image, 147, 180); // on the left leg
  expect(Math.min(red, blue)).toBeGreaterThan(170);
  expect(green).toBeLessThan(20);
  expect(at(image, 70, 130)).toEqual([200, 0, 200]);
  expect(at(image, 71, 20)).toEqual([200, 0, 200]); // the plate's left edge, above the box
});

test('drawPeople() lays no label over another one', () => {
  const color = (i: number): Color => [10 * i + 5, 255 - i, 3];
  const people = Array.from({ length: 6 }, (_, i) => ({ ...PEOPLE[0], color: color(i), label: 'label' }));
  const alone = grey();
  drawPeople(alone, [people[0]], SKELETON);
  const single = count(alone, color(0));
  expect(single).toBeGreaterThan(100);
  const image = grey();
  drawPeople(image, people, SKELETON);
  people.forEach(({ color: own }) => expect(count(image, own)).toBe(single));
});

test('a label is kept within the picture; there is none where no keypoint is drawn', () => {
  const image = grey();
  drawPeople(image, [{ keypoints: PEOPLE[2].keypoints, color: [1, 255, 1], label: 'a long label' }], SKELETON);
  const columns = new Set<number>();
  for (let i = 0; i < image.data.length; i += 3) {
    if (image.data[i] === 1 && image.data[i + 1] === 255) columns.add((i / 3) % 320);
  }
  expect(Math.max(...columns)).toBe(319);
  expect(columns.size).toBeGreaterThan(50);
  const none = grey();
  drawPeople(none, [{ keypoints: new Array<number>(21).fill(0), label: 'nobody' }], SKELETON);
  expect(same(none, grey())).toBe(true);
});

test.each<[string, Partial<Person>]>([
  ['drawPeople: people[1]: expected 21 numbers for the 7 keypoints of the skeleton, found 3', { keypoints: [1, 2, 2] }],
  [
    'drawPeople: people[1]: expected finite numbers for keypoint 0 (nose), found [NaN, 1, 2]',
    { keypoints: [NaN, 1, 2, ...new Array<number>(18).fill(0)] },
  ],
  ['drawPeople: people[1].box: expected [x, y, width, height] with', { box: [1, 2, 0, 4] }],
  ['drawPeople: people[1].color: expected a colour', { color: [1, 2, 256] }],
])('drawPeople() throws: %s, and draws nothing', (message, bad) => {
  const image = grey();
  const draw = (): void => drawPeople(image, [PEOPLE[0], { ...PEOPLE[1], ...bad }], SKELETON);
  expect(draw).toThrow(VizError);
  expect(draw).toThrow(message);
  expect(same(image, grey())).toBe(true);
});

test('drawPose() with a label and a colour', () => {
  const image = grey();
  drawPose(image, PEOPLE[0].keypoints, SKELETON, { color: personColor(3), label: 'id 3' });
  expect(count(image, personColor(3))).toBeGreaterThan(100);
  expect(() => drawPose(image, PEOPLE[0].keypoints, SKELETON, { color: [0, 0, -1] })).toThrow(
    'drawPose: options.color: expected a colour',
  );
});
