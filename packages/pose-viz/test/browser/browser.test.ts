import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { drawBox, drawPeople, drawText, personColor } from '../../src';
import { createImage } from '../../src/picture/image';
import { PEOPLE, SKELETON } from '../scene';

/** `pnpm test:browser` sets it, and builds first: the page imports what was built. */
const chromium = process.env.POSE_CHROMIUM;

interface Drawn {
  picture: number[];
  element: number[];
  offscreen: number[];
  chartReturns: boolean;
}

const [WIDTH, HEIGHT] = [320, 240];
const GREY = 110;

(chromium ? describe : describe.skip)('in headless Chromium, from the ES modules as they are built', () => {
  let drawn: Drawn;

  beforeAll(() => {
    const scene = JSON.stringify({ size: [WIDTH, HEIGHT], grey: GREY, people: PEOPLE, skeleton: SKELETON });
    const args = [join(__dirname, 'draw-in-browser.mjs'), chromium as string, scene];
    drawn = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 26 })) as Drawn;
  }, 120_000);

  test('a picture is drawn there as it is here', () => {
    const image = createImage(WIDTH, HEIGHT, [GREY, GREY, GREY]);
    const people = PEOPLE.map((person, i) => ({ ...person, color: personColor(i), label: `id ${i}` }));
    drawPeople(image, people, SKELETON);
    drawPeople(image, PEOPLE, SKELETON);
    drawBox(image, [200, 10.5, 80, 60], { label: 'box' });
    drawText(image, 'text', 20, 220, { scale: 2 });
    expect(Buffer.from(drawn.picture).equals(image.data)).toBe(true);
  });

  test.each(['element', 'offscreen'] as const)('a canvas (%s) shows what the picture does', (kind) => {
    const differences = drawn[kind].map((value, i) => Math.abs(value - drawn.picture[i]));
    const changed = differences.filter((_, i) => drawn.picture[i] !== GREY);
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(changed.length).toBeGreaterThan(10_000);
    expect(mean(differences)).toBeLessThan(0.3);
    expect(mean(changed)).toBeLessThan(4);
  });

  test.each(['element', 'offscreen'] as const)('joints and limbs on a canvas (%s) have their colours', (kind) => {
    const difference = (x: number, y: number): number => {
      const at = 3 * (Math.round(y) * WIDTH + Math.round(x));
      return Math.max(...[0, 1, 2].map((c) => Math.abs(drawn[kind][at + c] - drawn.picture[at + c])));
    };
    const [{ keypoints }, small] = PEOPLE;
    const at = (k: number): [number, number] => [keypoints[3 * k], keypoints[3 * k + 1]];
    SKELETON.keypoints.forEach((_, k) => {
      if (keypoints[3 * k + 2] === 2) expect(difference(...at(k))).toBeLessThanOrEqual(3);
      expect(difference(small.keypoints[3 * k], small.keypoints[3 * k + 1])).toBeLessThanOrEqual(3);
    });
    for (const [a, b] of SKELETON.limbs) {
      if (keypoints[3 * a + 2] + keypoints[3 * b + 2] < 4) continue; // dashed
      expect(difference((at(a)[0] + at(b)[0]) / 2, (at(a)[1] + at(b)[1]) / 2)).toBeLessThanOrEqual(3);
    }
  });

  test('a chart put on a canvas and read back is the chart', () => expect(drawn.chartReturns).toBe(true));
});
