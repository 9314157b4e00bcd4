import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { drawBox, drawPeople, drawPolygon, drawPose, drawText, imageFromRgba, personColor, VizError } from '../../src';
import type { DrawTarget, Image } from '../../src';
import { createImage } from '../../src/picture/image';
import { PEOPLE, SKELETON } from '../scene';

const [WIDTH, HEIGHT] = [320, 240];
const GREY = [90, 100, 110] as const;

function greyCanvas(scale = 1): SKRSContext2D {
  const context = createCanvas(WIDTH * scale, HEIGHT * scale).getContext('2d');
  context.fillStyle = `rgb(${GREY.join(', ')})`;
  context.fillRect(0, 0, WIDTH * scale, HEIGHT * scale);
  return context;
}

function pictureOf(context: SKRSContext2D): Image {
  return imageFromRgba(context.getImageData(0, 0, context.canvas.width, context.canvas.height));
}

/** Of all channels of all pixels, and of those that drawing has changed in the first picture. */
function differences(a: Image, b: Image): { all: number; drawn: number; most: number } {
  const each = Array.from(a.data, (value, i) => Math.abs(value - b.data[i]));
  const drawn = each.filter((_, i) => a.data[i] !== GREY[i % 3]);
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { all: mean(each), drawn: mean(drawn), most: each.reduce((most, value) => Math.max(most, value), 0) };
}

const DRAWINGS: Record<string, (target: DrawTarget) => void> = {
  'drawPose()': (target) => drawPose(target, PEOPLE[0].keypoints, SKELETON, { label: '0.93' }),
  'drawPeople()': (target) =>
    drawPeople(
      target,
      PEOPLE.map((person, i) => ({ ...person, color: personColor(i), label: `id ${i}` })),
      SKELETON,
    ),
  'drawBox()': (target) => drawBox(target, [40.5, 60, 120, 90.25], { label: 'person 0.99', color: [255, 0, 0] }),
  'drawPolygon()': (target) => drawPolygon(target, [10, 20, 300, 40, 200, 250], { lineWidth: 3 }),
  'drawText()': (target) => drawText(target, 'Left & right: 0.1234567890', 10, 20, { scale: 2 }),
};

test.each(Object.entries(DRAWINGS))('%s draws the same on a canvas as on a picture', (_, draw) => {
  const image = createImage(WIDTH, HEIGHT, GREY);
  const context = greyCanvas();
  draw(image);
  draw(context);
  const { all, drawn } = differences(image, pictureOf(context));
  expect(differences(image, createImage(WIDTH, HEIGHT, GREY)).drawn).toBeGreaterThan(20);
  expect(all).toBeLessThan(0.2);
  expect(drawn).toBeLessThan(4);
});

test('text and plates, which have whole edges, are the same on a canvas to the last bit', () => {
  const image = createImage(WIDTH, HEIGHT, GREY);
  const context = greyCanvas();
  for (const target of [image, context]) drawText(target, 'gjpqy 0123', 7, 9, { scale: 3, color: [1, 2, 3] });
  expect(differences(image, pictureOf(context)).most).toBe(0);
});

test('the joints on a canvas have the colours of their sides at their centres', () => {
  const image = createImage(WIDTH, HEIGHT, GREY);
  const context = greyCanvas();
  for (const target of [image, context]) drawPeople(target, PEOPLE, SKELETON);
  const [a, b] = [image, pictureOf(context)];
  for (const { keypoints } of PEOPLE) {
    for (let k = 0; k < keypoints.length; k += 3) {
      const [x, y, v] = [Math.round(keypoints[k]), Math.round(keypoints[k + 1]), keypoints[k + 2]];
      if (v !== 2 || x >= WIDTH || y >= HEIGHT) continue;
      for (let c = 0; c < 3; c++) {
        const at = 3 * (y * WIDTH + x) + c;
        expect(Math.abs(a.data[at] - b.data[at])).toBeLessThanOrEqual(3);
      }
    }
  }
});

test('on a canvas that is scaled for its screen, all is scaled alike', () => {
  const plain = greyCanvas();
  const scaled = greyCanvas(2);
  scaled.scale(2, 2);
  for (const context of [plain, scaled]) drawPeople(context, PEOPLE, SKELETON);
  const [one, two] = [pictureOf(plain), pictureOf(scaled)];
  // Four pixels of the larger lie within each of the smaller.
  const halved = createImage(WIDTH, HEIGHT, GREY);
  halved.data.forEach((_, i) => {
    const [x, y, c] = [Math.floor(i / 3) % WIDTH, Math.floor(i / 3 / WIDTH), i % 3];
    const four = [0, 1].flatMap((dy) => [0, 1].map((dx) => two.data[3 * ((2 * y + dy) * 2 * WIDTH + 2 * x + dx) + c]));
    halved.data[i] = four.reduce((sum, value) => sum + value, 0) / 4;
  });
  expect(differences(one, halved).drawn).toBeLessThan(4);
});

test('the state of the context is left as it was, and its opacity holds', () => {
  const context = greyCanvas();
  Object.assign(context, { fillStyle: '#112233', strokeStyle: '#445566', lineWidth: 7, globalAlpha: 0.5 });
  context.setLineDash([3, 2]);
  drawBox(context, [20, 20, 100, 100], { color: [255, 255, 255], lineWidth: 9, label: 'a' });
  const { fillStyle, strokeStyle, lineWidth, lineCap, globalAlpha } = context;
  expect([fillStyle, strokeStyle, lineWidth, lineCap, globalAlpha, context.getLineDash()]).toEqual([
    '#112233',
    '#445566',
    7,
    'butt',
    0.5,
    [3, 2],
  ]);
  const { data } = pictureOf(context);
  const [red] = data.subarray(3 * (70 * WIDTH + 20));
  expect(red).toBeGreaterThan(150);
  expect(red).toBeLessThan(190);
});

test.each([null, undefined, 'canvas', {}, { canvas: { width: 4, height: 4 } }])('drawPose() on %p throws', (target) => {
  const draw = (): void => drawPose(target as never, PEOPLE[0].keypoints, SKELETON);
  expect(draw).toThrow(VizError);
  expect(draw).toThrow('drawPose: expected an RGB image or the 2D context of a canvas, found');
});
