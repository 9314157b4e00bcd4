import { drawScene } from '../src/draw-scene';
import { KEYPOINT_NAMES } from '../src/keypoints';
import { jointPosition, sceneAnnotations } from '../src/scene-annotations';
import { sampleAnnotatedScene, sampleScene } from '../src/sample-scene';
import { viewPerson } from '../src/person-view';
import { SyntheticCocoError } from '../src/synthetic-coco-error';

const scenes = Array.from({ length: 120 }, (_, index) => sampleScene({ seed: 21, split: 'train', index }));
const annotated = scenes.map((scene) => ({ scene, annotations: sceneAnnotations(scene) }));

test('sampleScene is a function of seed, split and index', () => {
  expect(sampleScene({ seed: 21, split: 'train', index: 7 })).toEqual(scenes[7]);
  const base = drawScene(scenes[7]);
  for (const other of [
    { seed: 22, split: 'train', index: 7 },
    { seed: 21, split: 'val', index: 7 },
    { seed: 21, split: 'train', index: 8 },
  ])
    expect(drawScene(sampleScene(other))).not.toBe(base);
});

test('sampleAnnotatedScene gives what sampleScene and sceneAnnotations give', () => {
  for (let index = 0; index < 20; index++)
    expect(sampleAnnotatedScene({ seed: 21, split: 'train', index })).toEqual(annotated[index]);
});

test('every keypoint is labelled if and only if its projection is inside the image', () => {
  for (const { scene, annotations } of annotated)
    scene.people.forEach((person, index) => {
      const view = viewPerson(person);
      KEYPOINT_NAMES.forEach((name, k) => {
        const [px, py] = view.project(jointPosition(view, name));
        const [x, y, v] = annotations[index].keypoints.slice(3 * k, 3 * k + 3);
        expect(v > 0).toBe(px >= 0 && px < scene.width && py >= 0 && py < scene.height);
        if (v === 0) expect([x, y]).toEqual([0, 0]);
        else {
          // Pixel indices: half a pixel less than the corner-based position, kept within the first and last pixel.
          expect(Math.abs(x - Math.max(0, Math.min(scene.width - 1, px - 0.5)))).toBeLessThanOrEqual(0.051);
          expect(Math.abs(y - Math.max(0, Math.min(scene.height - 1, py - 0.5)))).toBeLessThanOrEqual(0.051);
        }
      });
    });
});

test('boxes lie inside the image and hold all visible keypoints', () => {
  for (const { scene, annotations } of annotated)
    for (const { bbox, keypoints, area, num_keypoints } of annotations) {
      const [x, y, w, h] = bbox;
      expect(x >= 0 && y >= 0 && x + w <= scene.width && y + h <= scene.height).toBe(true);
      expect(area > 0 && area <= w * h).toBe(true);
      expect(num_keypoints).toBeGreaterThanOrEqual(8);
      for (let k = 0; k < keypoints.length; k += 3)
        if (keypoints[k + 2] === 2) {
          expect(keypoints[k]).toBeGreaterThanOrEqual(x - 1);
          expect(keypoints[k]).toBeLessThanOrEqual(x + w);
          expect(keypoints[k + 1]).toBeGreaterThanOrEqual(y - 1);
          expect(keypoints[k + 1]).toBeLessThanOrEqual(y + h);
        }
    }
});

test('left and right shoulders and hips stand as the view says', () => {
  for (const { people } of scenes)
    for (const person of people) {
      const facing = Math.cos((person.yaw * Math.PI) / 180);
      if (Math.abs(facing) < 0.6 || person.pose.trunk.lean > 15) continue;
      const { left, right } = viewPerson(person).body;
      expect(Math.sign(left.hip[0] - right.hip[0])).toBe(Math.sign(facing));
    }
});

test('the mix is learnable: most people face the viewer, 8 to 25 % of the labelled keypoints are hidden', () => {
  const all = annotated.flatMap(({ annotations }) => annotations);
  const flags = all.flatMap(({ keypoints }) => keypoints.filter((_, i) => i % 3 === 2)).filter((v) => v > 0);
  const hidden = flags.filter((v) => v === 1).length / flags.length;
  expect(hidden).toBeGreaterThan(0.08);
  expect(hidden).toBeLessThan(0.25);
  const people = scenes.flatMap((scene) => scene.people);
  expect(people.filter(({ yaw }) => Math.cos((yaw * Math.PI) / 180) > 0.4).length / people.length).toBeGreaterThan(0.6);
  expect(new Set(scenes.map((scene) => scene.people.length))).toEqual(new Set([1, 2, 3, 4]));
});

test('imageSize and maxPeople are kept', () => {
  for (let index = 0; index < 20; index++) {
    const scene = sampleScene({ seed: 1, split: 'train', index, imageSize: [160, 120], maxPeople: 1 });
    expect([scene.width, scene.height, scene.people.length]).toEqual([160, 120, 1]);
    expect(drawScene(scene)).toContain('width="160" height="120"');
  }
});

test.each([
  [{ seed: -1 }, 'Expected seed to be a whole number from 0 to 9007199254740991, found -1'],
  [{ seed: NaN }, 'Expected seed'],
  [{ index: 1.5 }, 'Expected index to be a whole number from 0 to 4294967295, found 1.5'],
  [{ imageSize: [256, 10] as const }, 'Expected imageSize[1] to be a whole number from 64 to 4096, found 10'],
  [{ maxPeople: 5 }, 'Expected maxPeople to be a whole number from 1 to 4, found 5'],
])('sampleScene refuses %j', (change, message) => {
  const call = () => sampleScene({ seed: 1, split: 'train', index: 0, ...change });
  expect(call).toThrow(SyntheticCocoError);
  expect(call).toThrow(message);
});
