import { COCO_SKELETON, readImage, type PersonInstance } from '@pose/coco-dataset';
import {
  applyPhotometric,
  createRandom,
  eraseRegions,
  normalizeImage,
  transformPoint,
  warpAffine,
  type Photometric,
} from '@pose/pose-augment';
import { buildBatch } from '../src/data/build-batch';
import { SIMPLE_BASELINE_AUGMENTATION } from '../src/data/top-down/augmentation';
import { drawTopDownSample } from '../src/data/top-down/draw-sample';
import type { TopDownSettings } from '../src/data/top-down/top-down-settings';
import { Workspace } from '../src/data/workspace';
import { openTiny, tinyData } from './synthetic-data';
import { temporaryFolder } from './temporary-folder';

const file = temporaryFolder();
let people: readonly PersonInstance[];
beforeAll(async () => {
  people = (await openTiny(await tinyData(file('data')))).loader.items;
});

const settings: TopDownSettings = {
  kind: 'top-down',
  inputSize: [48, 64],
  heatmapSizes: [[12, 16]],
  encoding: { type: 'gaussian', sigma: 1 },
  flipPairs: COCO_SKELETON.flipPairs,
};
const MEAN = [0.485, 0.456, 0.406];
const STD = [0.229, 0.224, 0.225];

async function build(settings: TopDownSettings, items: readonly PersonInstance[], seeds: number[][]) {
  const task = { settings, items: [...items], seeds, capacity: items.length, skipUnreadable: false, keepImages: false };
  return (await buildBatch<'top-down'>(task, new Workspace())).arrays;
}

test('buildBatch() without augmentation crops the enlarged box, normalised, with a peak at each labelled keypoint', async () => {
  const batch = await build(settings, people.slice(0, 3), [[0], [1], [2]]);
  for (const [n, person] of people.slice(0, 3).entries()) {
    // JointsDataset.py `_box2cs`: the box grown to the input's aspect ratio, then by a quarter.
    const [x, y, w, h] = person.box;
    const width = Math.max(w, (h * 48) / 64) * 1.25;
    const center = [x + w / 2, y + h / 2];
    const [cx, cy, sx, sy] = batch.crops.subarray(4 * n, 4 * n + 4);
    [cx - center[0], cy - center[1], sx * 200 - width, (sy * 200 * 48) / 64 - width].forEach((d) =>
      expect(Math.abs(d)).toBeLessThan(1e-3),
    );

    // Pixels: the plain inverse map with bilinear interpolation, zero (before normalisation) outside of the image.
    const image = await readImage(person.imageFile);
    const pixel = (px: number, py: number, c: number) =>
      px < 0 || py < 0 || px >= image.width || py >= image.height ? 0 : image.data[(py * image.width + px) * 3 + c];
    const step = width / 48;
    for (const [u, v] of [
      [24, 32],
      [10, 50],
      [40, 5],
      [0, 0],
    ]) {
      const [ix, iy] = [(u - 24) * step + center[0], (v - 32) * step + center[1]];
      const [px, py] = [Math.floor(ix), Math.floor(iy)];
      const [fx, fy] = [ix - px, iy - py];
      for (let c = 0; c < 3; c++) {
        const top = pixel(px, py, c) * (1 - fx) + pixel(px + 1, py, c) * fx;
        const bottom = pixel(px, py + 1, c) * (1 - fx) + pixel(px + 1, py + 1, c) * fx;
        const expected = ((top * (1 - fy) + bottom * fy) / 255 - MEAN[c]) / STD[c];
        expect(Math.abs(batch.input[((n * 64 + v) * 48 + u) * 3 + c] - expected)).toBeLessThan(0.03);
      }
    }

    // Targets: the rounded place of each labelled keypoint holds 1.
    for (let k = 0; k < 17; k++) {
      const [kx, ky, v] = person.keypoints.slice(3 * k, 3 * k + 3);
      const at = [(kx - center[0]) / step + 24, (ky - center[1]) / step + 32].map((value) =>
        Math.floor(value / 4 + 0.5),
      );
      expect(batch.weight[n * 17 + k]).toBe(v > 0 ? 1 : 0);
      if (v > 0) expect(batch.targets[0][((n * 16 + at[1]) * 12 + at[0]) * 17 + k]).toBe(1);
    }
  }
});

test('buildBatch() draws each sample from its own seed, whatever stands beside it', async () => {
  const augmented = { ...settings, augmentation: SIMPLE_BASELINE_AUGMENTATION };
  const [a, b] = people;
  const seeds = [
    [1, 0, 0],
    [1, 0, 1],
  ];
  const pair = await build(augmented, [a, b], seeds);
  const alone = await build(augmented, [b], [[1, 0, 1]]);
  const other = await build(augmented, [b], [[1, 1, 1]]);
  expect(pair.input.slice(64 * 48 * 3)).toEqual(alone.input);
  expect(pair.targets[0].slice(16 * 12 * 17)).toEqual(alone.targets[0]);
  expect(other.input).not.toEqual(alone.input);
});

test('buildBatch() changes colours and erases after the one warp, and leaves the rest as it was', async () => {
  const augmented = (more: object) => ({ ...settings, augmentation: { ...SIMPLE_BASELINE_AUGMENTATION, ...more } });
  const [person] = people;
  const seed = [[1, 2, 3]];
  const plain = await build(augmented({}), [person], seed);
  const changed = await build(
    augmented({ photometric: { hueDelta: 0 }, cutout: { width: 12, height: 16 } }),
    [person],
    seed,
  );
  // Geometry is drawn before, so that targets stay.
  expect(changed.targets).toEqual(plain.targets);
  expect(changed.crops).toEqual(plain.crops);

  const random = createRandom([1, 2, 3]);
  const sample = drawTopDownSample(
    person,
    augmented({ photometric: { hueDelta: 0 }, cutout: { width: 12, height: 16 } }),
    random,
  );
  const crop = warpAffine(await readImage(person.imageFile), sample.matrix, [48, 64], { flip: sample.flipped });
  applyPhotometric(crop, sample.photometric as Photometric);
  eraseRegions(crop, sample.erased);
  expect(sample.erased).toHaveLength(1);
  expect(changed.input).toEqual(normalizeImage(crop));
  const neutral = await build(augmented({ hideAndSeek: { gridSizes: [0] } }), [person], seed);
  expect(neutral.input).toEqual(plain.input);
});

test('buildBatch() with UDP puts the sides of the region on the outer pixels', async () => {
  const [person] = people;
  const udp = await build({ ...settings, alignment: 'udp' }, [person], [[0]]);
  const { matrix } = drawTopDownSample(person, { ...settings, alignment: 'udp' }, createRandom([0]));
  const [cx, cy, sx] = udp.crops;
  const [x, y] = transformPoint([cx - sx * 100, cy], matrix);
  expect(Math.abs(x)).toBeLessThan(1e-3);
  expect(Math.abs(y - 63 / 2)).toBeLessThan(1e-3);
});

test('buildBatch() with rectified boxes has every labelled keypoint in the loss', async () => {
  for (const person of people) {
    const [x, y, width, height] = person.box;
    const half: PersonInstance = { ...person, box: [x, y, width / 2, height / 2] };
    const { weight } = await build({ ...settings, rectify: { marginShare: 0.05 } }, [half], [[0]]);
    expect(weight.filter((value) => value > 0)).toHaveLength(person.numKeypoints);
  }
});
