import sharp from 'sharp';
import { applyFinish, renderScene } from '../src/render-scene';
import { sampleScene } from '../src/sample-scene';
import { sceneOf, standing } from './people';

const plain = { contrast: 1, brightness: 0, warmth: 0, noise: 0, noiseSeed: 1, blur: 0 };

test('applyFinish leaves pixels alone when there is nothing to do, and follows its formula when there is', () => {
  const pixels = Uint8Array.from({ length: 300 }, (_, i) => (i * 37) % 256);
  const same = pixels.slice();
  applyFinish(same, plain);
  expect(same).toEqual(pixels);
  const changed = pixels.slice();
  applyFinish(changed, { ...plain, contrast: 0.5, brightness: 10, warmth: 4 });
  const tint = [4, 0, -4];
  pixels.forEach((value, i) => expect(changed[i]).toBe(Math.trunc((value - 128) * 0.5 + 128 + 10 + tint[i % 3])));
});

test('applyFinish keeps noise within its amplitude and bytes within 0..255', () => {
  const grey = new Uint8Array(3000).fill(128);
  applyFinish(grey, { ...plain, noise: 8 });
  expect(Math.min(...grey)).toBeGreaterThanOrEqual(120);
  expect(Math.max(...grey)).toBeLessThanOrEqual(136);
  expect(new Set(grey).size).toBeGreaterThan(10);
  const white = new Uint8Array(300).fill(255);
  applyFinish(white, { ...plain, brightness: 22 });
  expect(Math.min(...white)).toBe(255);
});

test('renderScene gives a JPEG of the scene whose clothes have the colours of the person', async () => {
  const jpeg = await renderScene(sceneOf([standing()]), 95);
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height, info.channels]).toEqual([256, 256, 3]);
  const pixel = (x: number, y: number) => [...data.subarray(3 * (y * 256 + x), 3 * (y * 256 + x) + 3)];
  expect(pixel(4, 4)[0]).toBeCloseTo(0xdd, -1);
  // The shirt, #3355aa under shading, at the chest.
  const [r, g, b] = pixel(128, 100);
  expect(b).toBeGreaterThan(g);
  expect(g).toBeGreaterThan(r);
});

test('renderScene repeats itself byte for byte', async () => {
  const scene = sampleScene({ seed: 4, split: 'train', index: 2 });
  expect((await renderScene(scene, 88)).equals(await renderScene(scene, 88))).toBe(true);
});
