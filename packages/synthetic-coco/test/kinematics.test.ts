import fc from 'fast-check';
import { AVERAGE_BODY, sampleBody } from '../src/body';
import { poseBody, SIDES } from '../src/kinematics';
import { samplePose } from '../src/pose';
import { sceneRandom } from '../src/random';
import type { Vec3 } from '../src/rotation';
import { tPose } from './people';

const distance = (a: Vec3, b: Vec3) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

test('poseBody(body, pose, yaw) keeps the length of every bone', () => {
  fc.assert(
    fc.property(fc.nat(), fc.double({ min: -360, max: 360, noNaN: true }), (index, yaw) => {
      const random = sceneRandom(5, 'kinematics', index);
      const body = sampleBody(random);
      const posed = poseBody(body, samplePose(random), yaw);
      expect(distance(posed.pelvis, posed.waist)).toBeCloseTo(body.lumbar, 10);
      expect(distance(posed.waist, posed.neckBase)).toBeCloseTo(body.thorax, 10);
      expect(distance(posed.left.shoulder, posed.right.shoulder)).toBeCloseTo(2 * body.shoulderHalf, 10);
      expect(distance(posed.left.hip, posed.right.hip)).toBeCloseTo(2 * body.hipHalf, 10);
      for (const side of SIDES) {
        const { shoulder, elbow, wrist, fingers, hip, knee, ankle } = posed[side];
        expect(distance(shoulder, elbow)).toBeCloseTo(body.upperArm, 10);
        expect(distance(elbow, wrist)).toBeCloseTo(body.forearm, 10);
        expect(distance(wrist, fingers)).toBeCloseTo(body.hand, 10);
        expect(distance(hip, knee)).toBeCloseTo(body.thigh, 10);
        expect(distance(knee, ankle)).toBeCloseTo(body.shank, 10);
      }
    }),
  );
});

test('an upright person who faces the viewer has the left side at the right of the image, head up and toes in front', () => {
  const { left, right, headCenter } = poseBody(AVERAGE_BODY, tPose(), 0);
  for (const joint of ['shoulder', 'elbow', 'wrist', 'hip', 'knee', 'ankle'] as const) {
    expect(left[joint][0]).toBeGreaterThan(0);
    expect(right[joint][0]).toBeCloseTo(-left[joint][0], 10);
    expect(right[joint][1]).toBeCloseTo(left[joint][1], 10);
    expect(right[joint][2]).toBeCloseTo(left[joint][2], 10);
  }
  expect(headCenter[1]).toBeLessThan(left.shoulder[1]);
  expect(left.toe[2]).toBeGreaterThan(left.heel[2]);
});

test('elbows bend forward, knees backward, flexion raises a limb to the front, abduction to its own side', () => {
  const pose = tPose();
  pose.arms.left = { flex: 90, abduct: 0, twist: 0, elbow: 0 };
  pose.arms.right = { flex: 0, abduct: 0, twist: 0, elbow: 90 };
  pose.legs.left = { flex: 90, abduct: 0, twist: 0, knee: 90, ankle: 0 };
  pose.legs.right = { flex: 0, abduct: 0, twist: 0, knee: 60, ankle: 0 };
  const { left, right } = poseBody(AVERAGE_BODY, pose, 0);
  expect(left.elbow[2]).toBeCloseTo(left.shoulder[2] + AVERAGE_BODY.upperArm, 10);
  expect(right.wrist[2]).toBeCloseTo(right.elbow[2] + AVERAGE_BODY.forearm, 10);
  expect(left.knee[2]).toBeCloseTo(AVERAGE_BODY.thigh, 10);
  expect(left.ankle[1]).toBeCloseTo(left.knee[1] + AVERAGE_BODY.shank, 10);
  expect(right.ankle[2]).toBeLessThan(right.knee[2]);
});

test('yaw 90 turns the person to the right edge of the image, 180 away', () => {
  const side = poseBody(AVERAGE_BODY, tPose(), 90);
  expect(side.left.toe[0]).toBeGreaterThan(side.left.heel[0]);
  expect(side.right.shoulder[2]).toBeGreaterThan(side.left.shoulder[2]);
  const back = poseBody(AVERAGE_BODY, tPose(), 180);
  expect(back.left.shoulder[0]).toBeLessThan(back.right.shoulder[0]);
  expect(back.left.toe[2]).toBeLessThan(back.left.heel[2]);
});
