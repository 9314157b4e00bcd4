import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OPENPOSE_SKELETON, readImage } from '@pose/coco-dataset';
import { createModel, saveTorchWeights } from '@pose/pose-models';
import { writePng } from '@pose/pose-viz/node';
import { saveCheckpoint } from '@pose/trainer';
import { useEngine } from '@pose/tfjs-engine';
import { runExample } from './run-example';
import { somebodyNetwork, SOMEBODY } from './somebody-network';

interface Result {
  image_id: number;
  category_id: number;
  keypoints: number[];
  bbox: number[];
  score: number;
  track_id?: number;
}

let folder: string;
/** A checkpoint, and the images that its network was trained on. */
let checkpoint: string;
let images: string;
let annotations: string;
const at = (...names: string[]) => join(folder, ...names);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'predict-'));
  checkpoint = at('run/checkpoints/last');
  images = at('run-data/train2017');
  annotations = at('run-data/annotations/person_keypoints_train2017.json');
  const slim = ['--backbone', 'resnet18', '--width', '8', '--deconv', '16', '--input', '64x64', '--sigma', '1'];
  const short = ['--epochs', '3', '--batch', '4', '--val-split', 'train2017', '--evaluate-every', '0'];
  const data = ['--synthetic', '--synthetic-train', '4', '--synthetic-val', '1'];
  const { code, stderr } = await runExample('train-simplebaseline/train.ts', [...data, ...slim, ...short, '--out', at('run')]); // prettier-ignore
  if (code !== 0) throw new Error(stderr);
  // Video frames, one of which is broken.
  await mkdir(at('frames'));
  const frames = [1, 2, 10].map((n, i) =>
    copyFile(join(images, `00000000000${i + 1}.jpg`), at(`frames/frame_${n}.jpg`)),
  );
  await Promise.all([...frames, writeFile(at('frames/frame_3.jpg'), 'no image')]);
}, 200_000);
afterAll(() => rm(folder, { recursive: true }));

const predict = (...args: string[]) => runExample('predict/predict.ts', ['--engine', 'wasm', ...args]);
const readResults = async (file: string) => JSON.parse(await readFile(at(file), 'utf8')) as Result[];

test('a folder with detected boxes: the people that evaluate.ts finds, and overlays', async () => {
  const coco = JSON.parse(await readFile(annotations, 'utf8')) as { annotations: Result[] };
  const twice = coco.annotations.flatMap((box) => [0.9, 0.8].map((score) => ({ ...box, score })));
  await writeFile(at('twice.json'), JSON.stringify(twice));
  const own = ['--input', images, '--boxes', at('twice.json'), '--out', at('all.json'), '--overlays', at('overlays')];
  const ended = await predict('--checkpoint', checkpoint, ...own);
  const results = await readResults('all.json');
  expect(ended).toMatchObject({
    code: 0,
    stdout: `${results.length} people in 4 images: ${at('all.json')}\noverlays: ${at('overlays')}\n`,
  });
  expect(ended.stderr).toMatch(/pose_resnet18 64x64, top-down, on wasm\npredict 4\/4 \| people \d \| [\d.]+ img\/s/);
  const same = [
    '--data',
    at('run-data'),
    '--val-split',
    'train2017',
    '--engine',
    'wasm',
    '--detections',
    at('twice.json'),
  ];
  await runExample('evaluate/evaluate.ts', ['--checkpoint', checkpoint, ...same, '--out', at('evaluated')]);
  const expected = await readResults('evaluated/results.json');
  expect(results).toHaveLength(coco.annotations.length);
  expect(results.map(({ image_id }) => image_id)).toEqual(expected.map(({ image_id }) => image_id));
  results.forEach(({ keypoints, score }, i) => {
    expect(keypoints).toEqual(expected[i].keypoints.map((value) => expect.closeTo(value, 3)));
    expect(score).toBeCloseTo(expected[i].score, 5);
  });
  const names = (await readdir(images)).sort();
  expect((await readdir(at('overlays'))).sort()).toEqual(names.map((name) => name.replace('.jpg', '.png')));
  const drawn = await readImage(at('overlays', '000000000001.png'));
  expect(drawn.data).not.toEqual((await readImage(join(images, '000000000001.jpg'))).data);
  const listed = JSON.parse(await readFile(at('all.images.json'), 'utf8'));
  expect(listed[1]).toEqual({ id: 2, file_name: join(images, '000000000002.jpg'), width: 256, height: 256 });
}, 120_000);

test('frames by a glob, with detections by file name: natural order, numbers from 1; a broken one is left out', async () => {
  const box = { bbox: [60, 40, 100, 180], category_id: 1 };
  const detections = [
    { ...box, file_name: 'frame_10.jpg', score: 0.9 },
    { ...box, file_name: 'frame_1.jpg', score: 0.8 },
    { ...box, file_name: 'frame_1.jpg', score: 0.7 },
    { ...box, file_name: 'frame_1.jpg', score: 0.3 },
    { ...box, file_name: 'frame_1.jpg', score: 0.9, category_id: 18 },
    { ...box, file_name: 'another.jpg', score: 0.9 },
  ];
  await writeFile(at('detections.json'), JSON.stringify(detections));
  const own = ['--input', at('frames/*.jpg'), '--boxes', at('detections.json'), '--box-score', '0.5', '--batch', '2'];
  const drawn = ['--overlays', at('jpeg'), '--overlay-format', 'jpeg'];
  const ended = await predict('--checkpoint', checkpoint, ...own, ...drawn, '--out', at('new/frames.json'));
  expect(ended.code).toBe(1);
  expect(ended.stderr).toMatch(/frame_3.jpg.*\n1 of 4 images were left out.\n$/);
  const listed = JSON.parse(await readFile(at('new/frames.images.json'), 'utf8')) as {
    id: number;
    file_name: string;
  }[];
  expect(listed.map(({ id, file_name }) => [id, file_name])).toEqual(
    [[1, 1], [2, 2], [4, 10]].map(([id, n]) => [id, at(`frames/frame_${n}.jpg`)]), // prettier-ignore
  );
  // Of the two in the same place the lower scored is a duplicate.
  const results = await readResults('new/frames.json');
  expect(results.map(({ image_id, bbox }) => [image_id, bbox])).toEqual([[1, box.bbox], [4, box.bbox]]); // prettier-ignore
  expect((await readdir(at('jpeg'))).sort()).toEqual(['frame_1.jpeg', 'frame_10.jpeg', 'frame_2.jpeg']);
  await readImage(at('jpeg/frame_1.jpeg'));
}, 60_000);

test('one image: boxes of the command line, another decoder, and a file of PyTorch', async () => {
  await useEngine({ prefer: 'wasm' });
  const options = { width: 8, deconvFilters: [16, 16, 16] };
  const model = createModel('pose_resnet18', { inputSize: [64, 64], keypoints: 17, ...options, seed: 2 });
  await writeFile(at('weights.safetensors'), await saveTorchWeights(model));
  const network = ['--model', 'pose_resnet18', '--input-size', '64x64', '--model-options', JSON.stringify(options)];
  const own = ['--input', join(images, '000000000003.jpg'), '--box', '20,30,90,140', '--box', '100,30,90,140'];
  const run = (name: string, ...more: string[]) =>
    predict('--checkpoint', at('weights.safetensors'), ...network, ...own, ...more, '--out', at(name));
  expect((await run('two.json')).code).toBe(0);
  const two = await readResults('two.json');
  expect(two.map(({ image_id, bbox }) => [image_id, ...bbox])).toEqual([[3, 20, 30, 90, 140], [3, 100, 30, 90, 140]]); // prettier-ignore
  await run('none.json', '--decode', 'none', '--no-flip-test');
  expect((await readResults('none.json'))[0].keypoints).not.toEqual(two[0].keypoints);
  expect((await run('few.json', '--min-score', '1000')).stdout).toMatch(/^0 people in 1 images/);
  const outside = await run('outside.json', '--box', '300,0,9,9');
  expect(outside.code).toBe(1);
  expect(outside.stderr).toContain(
    '000000000003.jpg: boxes[2]: expected a box that lies in the image of 256x256 pixels',
  );
}, 120_000);

test('a bottom-up checkpoint finds people itself, as it says how, and they keep one id over frames', async () => {
  await useEngine({ prefer: 'wasm' });
  const { keypoints: keypointNames, flipPairs, limbs } = OPENPOSE_SKELETON;
  const description = {
    name: 'somebody',
    options: { inputSize: [160, 160] as const, keypoints: 18 },
    keypointNames,
    flipPairs,
    prediction: { kind: 'bottom-up', limbs, toCoco: true } as const,
  };
  await saveCheckpoint(at('bottom-up'), { model: somebodyNetwork(), description, state: {} as never, config: {} });
  const ended = await predict('--checkpoint', at('bottom-up'), '--input', images, '--out', at('found.json'));
  expect(ended.code).toBe(0);
  const results = await readResults('found.json');
  expect(results.map(({ image_id }) => image_id)).toEqual([1, 2, 3, 4]);
  for (const { keypoints } of results) {
    expect(keypoints).toHaveLength(51);
    const [x, y] = SOMEBODY.nose.map((value) => ((value + 0.5) * 256) / 160 - 0.5);
    expect(Math.hypot(keypoints[0] - x, keypoints[1] - y)).toBeLessThan(3);
  }
  // One that the network cannot be given costs the others nothing.
  await mkdir(at('mixed'));
  await copyFile(join(images, '000000000001.jpg'), at('mixed/000000000001.jpg'));
  await writePng(at('mixed/000000000002.png'), { data: new Uint8Array(3 * 400), width: 400, height: 1, channels: 3 });
  const mixed = await predict('--checkpoint', at('bottom-up'), '--input', at('mixed'), '--out', at('mixed.json'));
  expect(mixed.code).toBe(1);
  expect(mixed.stderr).toMatch(/000000000002.png: image: expected .* 400x1 pixels.*\n1 of 2 images were left out.\n$/);
  expect((await readResults('mixed.json')).map(({ image_id }) => image_id)).toEqual([1]);

  const drawn = ['--overlays', at('tracked'), '--out', at('tracked.json')];
  const tracked = await predict('--checkpoint', at('bottom-up'), '--input', images, '--track', '--smooth', ...drawn);
  expect(tracked.code).toBe(0);
  const people = await readResults('tracked.json');
  expect(people.map(({ image_id, track_id }) => [image_id, track_id])).toEqual([1, 2, 3, 4].map((frame) => [frame, 1]));
  expect(await readdir(at('tracked'))).toHaveLength(4);

  const refused = await predict('--checkpoint', at('bottom-up'), '--input', join(images, '000000000001.jpg'), '--box', '1,1,9,9'); // prettier-ignore
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/finds people itself. Leave them out.\n$/) });
}, 60_000);

test.each<[string, () => string[], RegExp]>([
  ['no such image', () => ['--input', at('none.jpg')], /--input .*none.jpg: expected a file, a folder or a glob of images, found none/],
  ['a folder without images', () => ['--input', at('run/checkpoints')], /--input .*checkpoints: expected images \(jpg, .*\) in that folder, found none/],
  ['no checkpoint', () => ['--input', images, '--checkpoint', at('none')], /PredictorError: No checkpoint at .*none.model.json/],
  ['a file without a network', () => ['--input', images, '--checkpoint', annotations], /expected the name of the network/],
  ['a box for many images', () => ['--input', images, '--box', '1,1,9,9'], /--box: expected one image, found 4/],
  ['a box without width', () => ['--input', images, '--box', '1,1,0,9'], /Expected x,y,width,height in image pixels/],
  ['steady keypoints of single images', () => ['--input', images, '--smooth'], /--smooth is for --track/],
  ['both kinds of boxes', () => ['--input', images, '--box', '1,1,9,9', '--boxes', annotations], /give either --box or --boxes/],
  ['boxes that are none', () => ['--input', images, '--boxes', join(checkpoint, 'model.json')], /expected a list of detections, or an object with annotations/],
  ['boxes of other images', () => ['--input', at('frames'), '--boxes', annotations], /expected people of the input images, found none: no file_name is the name of one/],
])('%s: one line says so', async (_, args, message) => {
  const { code, stdout, stderr } = await predict('--checkpoint', checkpoint, ...args(), '--out', at('failed.json'));
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(message);
}, 60_000); // prettier-ignore

test('a box of a file without extent is named by its place', async () => {
  await writeFile(at('flat.json'), JSON.stringify([{ image_id: 1, bbox: [1, 1, 0, 9], score: 1 }]));
  const { stderr } = await predict('--checkpoint', checkpoint, '--input', images, '--boxes', at('flat.json'));
  expect(stderr).toContain('flat.json: [0].bbox: expected [x, y, width, height] with a size above 0, found [1,1,0,9].');
}, 60_000);
