import { cp, readFile, writeFile } from 'node:fs/promises';
import { COCO_SKELETON, OPENPOSE_SKELETON, openPoseKeypoints, readImage } from '@pose/coco-dataset';
import { confidenceMaps, partAffinityFields } from '@pose/heatmap-targets';
import { transformPoint, type Affine } from '@pose/pose-augment';
import { openBottomUpData, type Batch, type BottomUpDataOptions } from '@pose/trainer';
import { tinyData } from './synthetic-data';
import { temporaryFolder } from './temporary-folder';

const EDGE = 64;
const GRID = EDGE / 8;
const file = temporaryFolder();
beforeAll(async () => {
  await tinyData(file('data'), { train: 7, val: 1 });
  // One of the people gets neither keypoints nor a mention: a region to ignore.
  const annotations = file('data/annotations/person_keypoints_train2017.json');
  const coco = JSON.parse(await readFile(annotations, 'utf8'));
  const [first] = coco.images;
  coco.annotations.push({
    ...coco.annotations[0],
    id: 999,
    image_id: first.id,
    keypoints: new Array(51).fill(0),
    num_keypoints: 0,
    segmentation: [[0, 0, 64, 0, 64, 128, 0, 128]],
  });
  await writeFile(annotations, JSON.stringify(coco));
});

const open = (options: Partial<BottomUpDataOptions> = {}) =>
  openBottomUpData({
    root: file('data'),
    split: 'train2017',
    skeleton: COCO_SKELETON,
    edge: EDGE,
    heatmapSize: [GRID, GRID],
    batchSize: 2,
    workers: 0,
    seed: 4,
    ...options,
  });

async function collect(batches: AsyncGenerator<Batch<'bottom-up'>>): Promise<Batch<'bottom-up'>[]> {
  const all: Batch<'bottom-up'>[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}

const matrixOf = ({ matrices }: Batch<'bottom-up'>, i: number) =>
  Array.from(matrices.subarray(6 * i, 6 * i + 6)) as unknown as Affine;

describe.each([
  ['evaluation', undefined],
  ['training', { flipProbability: 0.5 }],
] as const)('openBottomUpData(), samples of %s', (_, augmentation) => {
  test('maps and fields are those of the keypoints, moved by the matrix', async () => {
    const { loader } = await open({ augmentation });
    let mirrored = 0;
    for (const batch of await collect(loader.shuffled(0))) {
      for (const [i, { people, imageSize }] of batch.items.entries()) {
        const matrix = matrixOf(batch, i);
        if (matrix[0] < 0) mirrored++;
        const moved = people.map(({ keypoints }) => {
          const triplets = keypoints.slice();
          for (let k = 0; k < 17; k++) {
            const [x, y] = transformPoint([keypoints[3 * k], keypoints[3 * k + 1]], matrix);
            triplets.splice(3 * k, 3, x, y, keypoints[3 * k + 2]);
          }
          if (matrix[0] < 0) {
            for (const [left, right] of COCO_SKELETON.flipPairs) {
              const swapped = triplets.splice(3 * left, 3, ...triplets.slice(3 * right, 3 * right + 3));
              triplets.splice(3 * right, 3, ...swapped);
            }
          }
          return openPoseKeypoints(triplets, [EDGE, EDGE]);
        });
        expect(imageSize).toEqual([128, 128]);
        const frame = { inputSize: [EDGE, EDGE] as const, heatmapSize: [GRID, GRID] as const };
        const maps = confidenceMaps(moved, { ...frame, keypointCount: 18 });
        const fields = partAffinityFields(moved, { ...frame, limbs: OPENPOSE_SKELETON.limbs });
        // The reference moves keypoints in single precision.
        const close = (got: Float32Array, wanted: Float32Array) =>
          got.every((value, at) => Math.abs(value - wanted[at]) < 1e-3);
        const cells = GRID * GRID;
        expect(close(batch.heatmaps.subarray(i * cells * 19, (i + 1) * cells * 19), maps)).toBe(true);
        expect(close(batch.fields.subarray(i * cells * 38, (i + 1) * cells * 38), fields)).toBe(true);
      }
    }
    if (augmentation) expect(mirrored).toBeGreaterThan(0);
    else expect(mirrored).toBe(0);
  });

  test('the mask is 0 where the ignored half of the first image lies, 1 elsewhere and in the other images', async () => {
    const { loader } = await open({ augmentation });
    let ignored = 0;
    for (const batch of await collect(loader.inOrder())) {
      for (const [i, { ignore }] of batch.items.entries()) {
        const [a, , c] = matrixOf(batch, i);
        for (let cell = 0; cell < GRID * GRID; cell++) {
          const x = ((cell % GRID) * 8 + 3.5 - c) / a; // image pixels
          const inRegion = ignore.length > 0 && Math.floor(x + 0.5) >= 0 && Math.floor(x + 0.5) < 64;
          if (inRegion) ignored++;
          const row = Math.floor(cell / GRID);
          // The region ends where the image does.
          const [, , , , e, f] = matrixOf(batch, i);
          const y = Math.floor((row * 8 + 3.5 - f) / e + 0.5);
          const inside = y >= 0 && y < 128;
          expect(batch.mask[i * GRID * GRID + cell]).toBe(inRegion && inside ? 0 : 1);
        }
      }
    }
    expect(ignored).toBeGreaterThan(0);
  });
});

test('openBottomUpData(), samples of evaluation show the whole image, normalised', async () => {
  const { loader } = await open();
  const [batch] = await collect(loader.inOrder());
  const { data } = await readImage(batch.items[0].imageFile);
  // The middle of four pixels of the image, whose mean a bicubic kernel gives within a few levels in smooth places.
  const mean = [0.485, 0.456, 0.406];
  const std = [0.229, 0.224, 0.225];
  let difference = 0;
  for (let y = 8; y < 56; y++) {
    for (let x = 8; x < 56; x++) {
      for (let c = 0; c < 3; c++) {
        const four = [0, 1].flatMap((dy) => [0, 1].map((dx) => data[((2 * y + dy) * 128 + 2 * x + dx) * 3 + c]));
        const level = 255 * (batch.input[(y * EDGE + x) * 3 + c] * std[c] + mean[c]);
        difference += Math.abs(level - (four[0] + four[1] + four[2] + four[3]) / 4);
      }
    }
  }
  expect(difference / (48 * 48 * 3)).toBeLessThan(6);
});

test('openBottomUpData(): order and content are the same to the byte for 0 and 2 workers, also in released arrays', async () => {
  const load = async (workers: number, release: boolean) => {
    const { loader } = await open({ workers, augmentation: { scaleRange: [0.4, 0.8] } });
    const all: number[][] = [];
    for (const epoch of [0, 1]) {
      for await (const batch of loader.shuffled(epoch)) {
        const { input, heatmaps, fields, mask, matrices } = batch;
        all.push([input, heatmaps, fields, mask, matrices].flatMap((array) => Array.from(array)));
        if (release) batch.release();
      }
    }
    await loader.close();
    return all;
  };
  const expected = await load(0, false);
  expect(await load(2, true)).toEqual(expected);
  expect(await load(0, true)).toEqual(expected);
});

test('openBottomUpData() skips an image that cannot be used, once reported', async () => {
  await cp(file('data'), file('broken'), { recursive: true });
  const { coco } = await open();
  await writeFile(file('broken/train2017', coco.images[2].file_name), 'no image');
  const line = jest.fn();
  const reporter = { start: jest.fn(), advance: jest.fn(), stop: jest.fn(), line };
  const { loader } = await open({ root: file('broken'), onUnreadable: 'skip', reporter });
  for (let epoch = 0; epoch < 2; epoch++) {
    const ids = (await collect(loader.shuffled(epoch))).flatMap(({ items }) => items.map(({ imageId }) => imageId));
    expect(ids.sort()).toEqual(
      coco.images
        .map(({ id }) => id)
        .filter((id) => id !== coco.images[2].id)
        .sort(),
    );
  }
  expect(line.mock.calls).toEqual([[expect.stringMatching(/^Skipped: .*broken.*expected a whole image/)]]);
  const failing = await open({ root: file('broken') });
  await expect(collect(failing.loader.inOrder())).rejects.toThrow('Could not prepare a batch.');
});

test('openBottomUpData() takes the first images up to a limit, and repeats each with a draw of its own', async () => {
  const whole = await open();
  const { loader, coco } = await open({ limit: 2, repeat: 3, augmentation: { scaleRange: [0.4, 0.8] } });
  const ids = coco.images.map(({ id }) => id);
  expect(ids).toEqual(whole.coco.images.slice(0, 2).map(({ id }) => id));
  expect(new Set(coco.annotations.map(({ image_id }) => image_id))).toEqual(new Set(ids));
  const batches = await collect(loader.inOrder());
  const items = batches.flatMap((batch) =>
    batch.items.map(({ imageId }, i) => ({ imageId, scale: matrixOf(batch, i)[4] })),
  );
  expect(items.map(({ imageId }) => imageId)).toEqual([...ids, ...ids, ...ids]);
  expect(new Set(items.map(({ scale }) => scale)).size).toBeGreaterThan(3);
  for (const name of ['limit', 'repeat']) {
    await expect(open({ [name]: 0 })).rejects.toThrow(`${name}: expected a whole number, 1 or more, found 0.`);
  }
});
