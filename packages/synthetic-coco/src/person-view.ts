import { poseBody, type PosedBody } from './kinematics';
import type { Point } from './outline';
import { rotate, type Rotation, type Vec3 } from './rotation';
import type { Person } from './scene';

/** A posed person as the camera (orthographic, turned down by its height angle) sees it. */
export interface PersonView {
  person: Person;
  body: PosedBody;
  /** Pixels per stature. */
  scale: number;
  /** A point in statures from the pelvis, to image pixels. */
  project(point: Vec3): Point;
  /** A direction of a body frame, to image pixels for a length in statures. */
  direction(frame: Rotation, vector: Vec3): Point;
  /** How far a direction of a body frame points at the camera: 1 straight at it, below 0 away. */
  towards(frame: Rotation, vector: Vec3): number;
}

export function viewPerson(person: Person): PersonView {
  const body = poseBody(person.body, person.pose, person.yaw);
  const pitch = (person.cameraPitch * Math.PI) / 180;
  const c = Math.cos(pitch);
  const s = Math.sin(pitch);
  const scale = person.stature;
  const [x0, y0] = person.root;
  return {
    person,
    body,
    scale,
    project: ([x, y, z]) => [x0 + scale * x, y0 + scale * (c * y + s * z)],
    direction(frame, vector) {
      const [x, y, z] = rotate(frame, vector);
      return [scale * x, scale * (c * y + s * z)];
    },
    towards(frame, vector) {
      const [x, y, z] = rotate(frame, vector);
      return (c * z - s * y) / (Math.hypot(x, y, z) || 1);
    },
  };
}

/** Depth of a point for the painter's order, statures; level with the camera so that height does not count. */
export function middleDepth(...points: readonly Vec3[]): number {
  return points.reduce((sum, point) => sum + point[2], 0) / points.length;
}
