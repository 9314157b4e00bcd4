import { DISTRIBUTION } from './distribution';
import type { Random } from './random';

/** Degrees. Both sides read alike: abduction is away from the body, twist turns the elbow's bend inwards. */
export interface ArmPose {
  flex: number;
  abduct: number;
  twist: number;
  elbow: number;
}

/** Degrees. `twist` turns the knee outwards; `ankle` points the toes down. */
export interface LegPose {
  flex: number;
  abduct: number;
  twist: number;
  knee: number;
  ankle: number;
}

/** Joint angles in degrees; all zero is a person who stands upright with hanging arms. */
export interface Pose {
  activity: Activity;
  /** `lean` forward, `tilt` of the whole body to the side. */
  trunk: { lean: number; tilt: number };
  /** Chest against pelvis: `bend` forward, `side`ways, `twist` to the left. */
  spine: { bend: number; side: number; twist: number };
  /** Head against chest: `yaw` to the left, `pitch` down, `roll`. */
  head: { yaw: number; pitch: number; roll: number };
  arms: { left: ArmPose; right: ArmPose };
  legs: { left: LegPose; right: LegPose };
}

export type Activity = keyof typeof DISTRIBUTION.pose.activities;
export type ArmGesture = keyof typeof DISTRIBUTION.pose.gestures;

/** Human limits, degrees: [least, most]. */
export const JOINT_LIMITS = {
  arm: { flex: [-50, 175], abduct: [-25, 170], twist: [-80, 90], elbow: [2, 145] },
  leg: { flex: [-30, 115], abduct: [-15, 50], twist: [-15, 45], knee: [0, 140], ankle: [-25, 40] },
} as const;

/** Draws an activity for the legs and trunk, then a gesture for each arm. */
export function samplePose(random: Random): Pose {
  const activity = random.weighted(DISTRIBUTION.pose.activities);
  const pose = stance(activity, random);
  const { symmetric, gestures } = DISTRIBUTION.pose;
  const keepsSwing = (activity === 'walk' || activity === 'run') && random.chance(0.7);
  if (!keepsSwing) {
    const first = random.weighted(gestures);
    const second = random.chance(symmetric) ? first : random.weighted(gestures);
    pose.arms = { left: armGesture(first, random), right: armGesture(second, random) };
  }
  pose.arms = { left: limitArm(pose.arms.left), right: limitArm(pose.arms.right) };
  pose.legs = { left: limitLeg(pose.legs.left), right: limitLeg(pose.legs.right) };
  return pose;
}

function stance(activity: Activity, random: Random): Pose {
  const { head } = DISTRIBUTION.pose;
  const n = (mean: number, deviation: number) => random.normal(mean, deviation);
  const leg = (flex: number, knee: number, abduct = 4, ankle = 0): LegPose => ({
    flex: n(flex, 4),
    abduct: n(abduct, 3),
    twist: n(10, 6),
    knee: n(knee, 4),
    ankle,
  });
  const hanging = (flex: number, elbow: number): ArmPose => ({
    flex: n(flex, 5),
    abduct: n(9, 4),
    twist: n(20, 12),
    elbow: n(elbow, 6),
  });
  const pose: Pose = {
    activity,
    trunk: { lean: n(2, 3), tilt: n(0, 2.5) },
    spine: { bend: n(2, 4), side: n(0, 4), twist: n(0, 7) },
    head: { yaw: n(...head.yaw), pitch: n(...head.pitch), roll: n(...head.roll) },
    arms: { left: hanging(0, 12), right: hanging(0, 12) },
    legs: { left: leg(2, 3), right: leg(2, 3) },
  };
  if (activity === 'stand' && random.chance(0.4)) {
    // Weight on one leg, or feet apart.
    const apart = random.uniform(4, 18);
    pose.legs = { left: leg(4, 4, apart), right: leg(2, random.uniform(2, 22), apart) };
  } else if (activity === 'walk' || activity === 'run') {
    const run = activity === 'run';
    const stride = run ? random.uniform(28, 52) : random.uniform(12, 28);
    const swing = run ? random.uniform(25, 50) : random.uniform(8, 28);
    const elbow = run ? random.uniform(70, 105) : random.uniform(12, 35);
    pose.trunk.lean = n(run ? 10 : 4, 3);
    const front = leg(stride, run ? random.uniform(25, 75) : random.uniform(4, 20), 3, -5);
    const rear = leg(-stride * 0.6, run ? random.uniform(30, 95) : random.uniform(15, 40), 3, 18);
    const forward = hanging(swing, elbow);
    const backward = hanging(-swing * 0.8, elbow);
    const leftLeads = random.chance(0.5);
    pose.legs = leftLeads ? { left: front, right: rear } : { left: rear, right: front };
    pose.arms = leftLeads ? { left: backward, right: forward } : { left: forward, right: backward };
  } else if (activity === 'sit') {
    pose.trunk.lean = n(-3, 5);
    const thigh = random.uniform(75, 95);
    const spread = random.uniform(3, 20);
    pose.legs = { left: leg(thigh, n(85, 12), spread), right: leg(thigh, n(85, 12), spread) };
  } else if (activity === 'crouch') {
    pose.trunk.lean = n(22, 8);
    const depth = random.uniform(55, 105);
    const spread = random.uniform(8, 28);
    pose.legs = {
      left: leg(depth, depth * 1.2 + 5, spread, -18),
      right: leg(depth * random.uniform(0.75, 1), depth * 1.2, spread, -18),
    };
  } else if (activity === 'lean') {
    pose.trunk.tilt = n(0, 5);
    pose.trunk.lean = random.uniform(8, 30);
    pose.spine.bend = random.uniform(5, 25);
    pose.spine.side = n(0, 14);
    const hip = pose.trunk.lean;
    pose.legs = { left: leg(hip + n(0, 5), 8, 9), right: leg(hip + n(0, 5), 8, 9) };
  } else if (activity === 'lunge') {
    const lunge = leg(random.uniform(45, 75), random.uniform(55, 90), 12);
    const straight = leg(-random.uniform(10, 28), random.uniform(5, 30), 16, 20);
    pose.legs = random.chance(0.5) ? { left: lunge, right: straight } : { left: straight, right: lunge };
  } else if (activity === 'kick') {
    const kick = leg(random.uniform(30, 85), random.uniform(5, 50), random.uniform(5, 35), 10);
    const support = leg(0, 6, 5);
    pose.legs = random.chance(0.5) ? { left: kick, right: support } : { left: support, right: kick };
  }
  return pose;
}

function armGesture(gesture: ArmGesture, random: Random): ArmPose {
  const n = (mean: number, deviation: number) => random.normal(mean, deviation);
  switch (gesture) {
    case 'hang':
      return { flex: n(2, 8), abduct: n(10, 5), twist: n(15, 15), elbow: n(14, 9) };
    case 'raised':
      return { flex: n(8, 8), abduct: n(145, 14), twist: n(-10, 15), elbow: n(28, 18) };
    case 'sideways':
      return { flex: n(5, 10), abduct: n(82, 14), twist: n(0, 30), elbow: n(20, 15) };
    case 'wave':
      return { flex: n(0, 8), abduct: n(75, 14), twist: n(-75, 8), elbow: n(85, 25) };
    case 'reach':
      return { flex: n(75, 20), abduct: n(15, 12), twist: n(15, 15), elbow: n(25, 15) };
    case 'onHip':
      return { flex: n(-22, 5), abduct: n(40, 6), twist: n(68, 8), elbow: n(82, 9) };
    case 'bent':
      return { flex: n(10, 10), abduct: n(14, 6), twist: n(25, 20), elbow: n(90, 18) };
    case 'folded':
      return { flex: n(22, 6), abduct: n(12, 4), twist: n(68, 8), elbow: n(98, 8) };
    case 'toHead':
      return { flex: n(15, 8), abduct: n(88, 12), twist: n(-70, 8), elbow: n(130, 6) };
    case 'behind':
      return { flex: n(-28, 5), abduct: n(14, 4), twist: n(65, 8), elbow: n(40, 10) };
  }
}

const within = (value: number, [least, most]: readonly [number, number]) => Math.max(least, Math.min(most, value));

function limitArm(arm: ArmPose): ArmPose {
  const limits = JOINT_LIMITS.arm;
  return {
    flex: within(arm.flex, limits.flex),
    abduct: within(arm.abduct, limits.abduct),
    twist: within(arm.twist, limits.twist),
    elbow: within(arm.elbow, limits.elbow),
  };
}

function limitLeg(leg: LegPose): LegPose {
  const limits = JOINT_LIMITS.leg;
  return {
    flex: within(leg.flex, limits.flex),
    abduct: within(leg.abduct, limits.abduct),
    twist: within(leg.twist, limits.twist),
    knee: within(leg.knee, limits.knee),
    ankle: within(leg.ankle, limits.ankle),
  };
}
