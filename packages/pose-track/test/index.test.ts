import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as poseTrack from '../src/index';

test('the public exports are these', () => {
  expect(Object.keys(poseTrack).sort()).toEqual([
    'COCO_SIGMAS',
    'OneEuroFilter',
    'PoseSmoother',
    'PoseTracker',
    'TrackError',
    'constantVelocity',
    'flowFromField',
    'poseSimilarity',
    'propagateBoxes',
    'unifyBoxes',
  ]);
});

test('no source imports from outside of the package, so that it runs in browsers as it is', () => {
  const sources = join(__dirname, '../src');
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const imports = files.flatMap((name) =>
    [...readFileSync(join(sources, name), 'utf8').matchAll(/ from '([^']+)';/g)].map(([, from]) => from),
  );
  expect(imports.length).toBeGreaterThan(10);
  expect(imports.filter((from) => !from.startsWith('.'))).toEqual([]);
});
