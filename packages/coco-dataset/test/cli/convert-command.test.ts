import { mkdir, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { readCocoKeypoints } from '../../src/read-coco-keypoints';
import { CROWDPOSE_SKELETON } from '../../src/skeletons/crowdpose';
import { MPII_SKELETON } from '../../src/skeletons/mpii';
import { OPENPOSE_SKELETON } from '../../src/skeletons/openpose';
import { temporaryFolder } from '../temporary-folder';
import { tinyCoco } from '../tiny-coco';
import { cocoDataset } from './run-cli';

const at = temporaryFolder();

async function convert(json: unknown, ...options: string[]) {
  await writeFile(at('in.json'), JSON.stringify(json));
  return cocoDataset('convert', at('in.json'), at('out.json'), ...options);
}

test('coco-dataset convert --from coco --to openpose-18', async () => {
  const { code, stdout } = await convert(tinyCoco(), '--from', 'coco', '--to', 'openpose-18');
  expect([code, stdout]).toEqual([0, `${at('out.json')}: 2 images, 4 annotations\n`]);
  expect((await readCocoKeypoints(at('out.json'))).categories[0].keypoints).toEqual(OPENPOSE_SKELETON.keypoints);
});

test('coco-dataset convert --from mpii --images <folder>', async () => {
  await mkdir(at('images'));
  const red = sharp({ create: { width: 64, height: 48, channels: 3, background: 'red' } });
  await red.jpeg().toFile(at('images/a.jpg'));
  const joints = Array.from({ length: 16 }, (_, k) => [10 + k, 20]);
  const person = { image: 'a.jpg', center: [30, 20], scale: 0.1, joints, joints_vis: joints.map(() => 1) };
  const { code, stdout } = await convert([person, person], '--from', 'mpii', '--images', at('images'), '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    input: at('in.json'),
    output: at('out.json'),
    from: 'mpii',
    to: 'coco',
    images: 1,
    annotations: 2,
  });
  const coco = await readCocoKeypoints(at('out.json'));
  expect(coco.categories[0].keypoints).toEqual(MPII_SKELETON.keypoints);
  expect(coco.images).toEqual([{ id: 1, file_name: 'a.jpg', width: 64, height: 48 }]);
});

test('coco-dataset convert --from crowdpose', async () => {
  const json = tinyCoco();
  json.categories[0] = { id: 1, name: 'person', keypoints: CROWDPOSE_SKELETON.keypoints, skeleton: [[16, 14]] };
  for (const annotation of json.annotations) {
    annotation.keypoints = (annotation.keypoints as number[]).slice(0, 42);
    delete annotation.area;
    delete annotation.segmentation;
  }
  expect((await convert(json, '--from', 'crowdpose')).code).toBe(0);
  const coco = await readCocoKeypoints(at('out.json'));
  expect(coco.annotations[0].area).toBeCloseTo(0.53 * 20 * 30, 10);
});

test.each([
  [['--from', 'mpii'], "convert: expected --images <folder> with MPII's images, whose sizes the list does not know"],
  [
    ['--from', 'mpii', '--to', 'openpose-18'],
    'convert: expected mpii or crowdpose to coco, or coco to openpose-18, found mpii to openpose-18',
  ],
  [['--from', 'coco'], 'convert: expected mpii or crowdpose to coco, or coco to openpose-18, found coco to coco'],
  [['--from', 'yolo'], 'Allowed choices are mpii, crowdpose, coco.'],
  [[], "required option '--from <format>' not specified"],
])('%j is refused', async (options, message) => {
  const { code, stderr } = await convert([], ...options);
  expect(code).toBe(1);
  expect(stderr).toContain(message);
});
