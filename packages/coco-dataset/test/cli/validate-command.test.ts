import { writeFile } from 'node:fs/promises';
import { validateCocoKeypoints } from '../../src/annotation-checks/validate-coco-keypoints';
import { temporaryFolder } from '../temporary-folder';
import { tinyCoco } from '../tiny-coco';
import { cocoDataset } from './run-cli';

const at = temporaryFolder();

async function validate(change: (json: ReturnType<typeof tinyCoco>) => void, ...options: string[]) {
  const json = tinyCoco();
  // A whole run-length mask and a box in its image, so that the file is without defects before the change.
  json.annotations[0].bbox = [1, 6, 20, 30];
  json.annotations[2].segmentation = { size: [48, 64], counts: [3000, 72] };
  change(json);
  await writeFile(at('coco.json'), JSON.stringify(json));
  return cocoDataset('validate', at('coco.json'), ...options);
}

test('coco-dataset validate <file> finds nothing in a good file', async () => {
  const { code, stdout } = await validate(() => undefined);
  expect([code, stdout]).toEqual([0, `${at('coco.json')}: 0 errors, 0 warnings\n`]);
});

test('it lists every defect, with exit status 1', async () => {
  const { code, stdout } = await validate(({ annotations }) => {
    annotations[0].bbox = [1, 2, -3, 4];
    annotations[3].keypoints = [1, 2, 2];
  });
  expect(code).toBe(1);
  expect(stdout).toContain(`error: ${at('coco.json')}: annotations[0].bbox: expected`);
  expect(stdout).toContain(`error: ${at('coco.json')}: annotations[3].keypoints: expected 51 numbers`);
  expect(stdout).toMatch(/: \d+ errors, 0 warnings\n$/);
});

test('--limit counts the others', async () => {
  const { stdout } = await validate(
    ({ annotations }) => annotations.forEach((annotation) => (annotation.area = -1)),
    '--limit',
    '1',
  );
  expect(stdout.match(/^error: /gm)).toHaveLength(1);
  expect(stdout).toMatch(/\n\.\.\. and 3 more\n.*: 4 errors, 0 warnings\n$/);
});

test('--json prints what validateCocoKeypoints returns', async () => {
  const { code, stdout } = await validate(({ annotations }) => delete annotations[1].bbox, '--json');
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toEqual(await validateCocoKeypoints(at('coco.json')));
});

test('a file that is not there is an error', async () => {
  const { code, stdout, stderr } = await cocoDataset('validate', at('none.json'));
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain(`coco-dataset: ${at('none.json')}: `);
});
