import type { Body } from './body';
import type { Pose } from './pose';
import { abduct, chain, flex, offset, turn, type Rotation, type Vec3 } from './rotation';

export type Side = 'left' | 'right';
export const SIDES: readonly Side[] = ['left', 'right'];

/** One side's joints. */
export interface Limbs {
  shoulder: Vec3;
  elbow: Vec3;
  wrist: Vec3;
  fingers: Vec3;
  hip: Vec3;
  knee: Vec3;
  ankle: Vec3;
  heel: Vec3;
  toe: Vec3;
}

/**
 * A posed body in three dimensions, in statures: x to the right of the image, y down, z towards the viewer, the
 * pelvis at the origin. `pelvisFrame`, `chestFrame` and `headFrame` turn body directions into these.
 */
export interface PosedBody {
  pelvis: Vec3;
  waist: Vec3;
  neckBase: Vec3;
  headCenter: Vec3;
  pelvisFrame: Rotation;
  chestFrame: Rotation;
  headFrame: Rotation;
  left: Limbs;
  right: Limbs;
}

/**
 * Forward kinematics: from the pelvis out along the spine and each limb, every bone keeping its length.
 *
 * @param yaw  where the person faces: 0 the viewer, 90 the image's right edge, 180 away; degrees
 */
export function poseBody(body: Body, pose: Pose, yaw: number): PosedBody {
  const pelvis: Vec3 = [0, 0, 0];
  const pelvisFrame = chain(turn(yaw), abduct(pose.trunk.tilt), flex(-pose.trunk.lean));
  const { bend, side, twist } = pose.spine;
  const chestFrame = chain(pelvisFrame, turn(twist), abduct(side), flex(-bend));
  const headFrame = chain(chestFrame, turn(pose.head.yaw), abduct(pose.head.roll), flex(-pose.head.pitch));
  const waist = offset(pelvis, pelvisFrame, [0, -body.lumbar, 0]);
  const neckBase = offset(waist, chestFrame, [0, -body.thorax, 0]);
  const headBase = offset(neckBase, chestFrame, [0, -body.neck, 0.008]);
  const headCenter = offset(headBase, headFrame, [0, -body.head[1] * 0.78, 0.012]);

  function limbs(side: Side): Limbs {
    const sign = side === 'left' ? 1 : -1;
    const arm = pose.arms[side];
    const shoulder = offset(neckBase, chestFrame, [sign * body.shoulderHalf, 0.012, 0]);
    const armFrame = chain(chestFrame, abduct(sign * arm.abduct), flex(arm.flex), turn(-sign * arm.twist));
    const elbow = offset(shoulder, armFrame, [0, body.upperArm, 0]);
    const forearmFrame = chain(armFrame, flex(arm.elbow));
    const wrist = offset(elbow, forearmFrame, [0, body.forearm, 0]);
    const fingers = offset(wrist, forearmFrame, [0, body.hand, 0]);

    const leg = pose.legs[side];
    const hip = offset(pelvis, pelvisFrame, [sign * body.hipHalf, 0, 0]);
    const thighFrame = chain(pelvisFrame, abduct(sign * leg.abduct), flex(leg.flex), turn(sign * leg.twist));
    const knee = offset(hip, thighFrame, [0, body.thigh, 0]);
    const shankFrame = chain(thighFrame, flex(-leg.knee));
    const ankle = offset(knee, shankFrame, [0, body.shank, 0]);
    const footFrame = chain(shankFrame, flex(-leg.ankle));
    const heel = offset(ankle, footFrame, [0, 0.03, -body.foot * 0.22]);
    const toe = offset(ankle, footFrame, [0, 0.035, body.foot * 0.66]);
    return { shoulder, elbow, wrist, fingers, hip, knee, ankle, heel, toe };
  }

  return {
    pelvis,
    waist,
    neckBase,
    headCenter,
    pelvisFrame,
    chestFrame,
    headFrame,
    left: limbs('left'),
    right: limbs('right'),
  };
}
