import { DISTRIBUTION } from '../src/distribution';
import { SIDES } from '../src/kinematics';
import { JOINT_LIMITS, samplePose } from '../src/pose';
import { Random } from '../src/random';

test('samplePose(random) stays within human joint limits and reaches every activity', () => {
  const random = new Random(1);
  const seen = new Set<string>();
  for (let i = 0; i < 1000; i++) {
    const pose = samplePose(random);
    seen.add(pose.activity);
    for (const side of SIDES) {
      for (const [name, [least, most]] of Object.entries(JOINT_LIMITS.arm)) {
        const angle = pose.arms[side][name as keyof typeof JOINT_LIMITS.arm];
        expect(angle >= least && angle <= most).toBe(true);
      }
      for (const [name, [least, most]] of Object.entries(JOINT_LIMITS.leg)) {
        const angle = pose.legs[side][name as keyof typeof JOINT_LIMITS.leg];
        expect(angle >= least && angle <= most).toBe(true);
      }
    }
  }
  expect([...seen].sort()).toEqual(Object.keys(DISTRIBUTION.pose.activities).sort());
});
