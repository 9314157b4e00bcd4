import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { COCO_SKELETON } from '@pose/coco-dataset';
import { openTiny, tinyData } from './synthetic-data';
import { temporaryFolder } from './temporary-folder';

const file = temporaryFolder();
let coco: { annotations: { keypoints: number[]; iscrowd: number }[]; categories: { keypoints: string[] }[] };
beforeAll(async () => {
  await tinyData(file('data'));
  coco = JSON.parse(await readFile(file('data/annotations/person_keypoints_train2017.json'), 'utf8'));
});

/** A data set that differs in its annotation file. */
async function variant(name: string, text: string): Promise<string> {
  await mkdir(file(name, 'annotations'), { recursive: true });
  await mkdir(file(name, 'train2017'));
  await writeFile(file(name, 'annotations/person_keypoints_train2017.json'), text);
  return file(name);
}

test('openTopDownData() opens a split', async () => {
  const { loader, coco: read } = await openTiny(file('data'));
  expect(loader.samples).toBe(
    coco.annotations.filter(({ keypoints }) => keypoints.some((v, i) => i % 3 === 2 && v > 0)).length,
  );
  expect(read.annotations).toHaveLength(coco.annotations.length);
});

test('openTopDownData() with intermediate sizes and an encoding gives a target for each size, and the people asked for', async () => {
  const options = { intermediateSizes: [[8, 8]] as const, encoding: { type: 'unbiased', sigma: 1 } as const };
  const [both, coarse] = await Promise.all([
    openTiny(file('data'), options),
    openTiny(file('data'), { ...options, heatmapSize: [8, 8], intermediateSizes: [] }),
  ]);
  const { value: batch } = await both.loader.inOrder().next();
  const { value: alone } = await coarse.loader.inOrder().next();
  expect(batch?.targets.map((target: Float32Array) => target.length)).toEqual([4 * 16 * 16 * 17, 4 * 8 * 8 * 17]);
  expect(batch?.targets[1]).toEqual(alone?.targets[0]);
  expect(Math.max(...(batch?.targets[1] ?? []))).toBeGreaterThan(0.7);

  const counts = both.loader.items.map(({ numKeypoints }) => numKeypoints);
  const most = Math.max(...counts);
  const { loader } = await openTiny(file('data'), { people: { minKeypoints: most } });
  expect(loader.samples).toBe(counts.filter((count) => count === most).length);
});

test('what is wrong with the data reaches the caller', async () => {
  await expect(openTiny(file('nowhere'))).rejects.toThrow(`expected an annotation file at ${file('nowhere')}`);
  await expect(openTiny(file('data'), { split: 'test2017' })).rejects.toThrow('person_keypoints_test2017.json');
  await expect(openTiny(await variant('text', '{"images": ['))).rejects.toThrow(
    /person_keypoints_train2017\.json.*JSON/,
  );
  await expect(openTiny(await variant('other', '{"images": []}'))).rejects.toThrow('not a COCO file');

  const nobody = { ...coco, annotations: coco.annotations.map((each) => ({ ...each, iscrowd: 1 })) };
  await expect(openTiny(await variant('nobody', JSON.stringify(nobody)))).rejects.toThrow(
    'expected at least one person with labelled keypoints, found none',
  );
});

test('keypoints that the model does not predict are refused', async () => {
  const keypoints = COCO_SKELETON.keypoints.slice(0, 16);
  await expect(openTiny(file('data'), { skeleton: { ...COCO_SKELETON, name: 'short', keypoints } })).rejects.toThrow(
    /expected the 16 keypoints of.*short/s,
  );
});
