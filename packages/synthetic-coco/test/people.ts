import { AVERAGE_BODY } from '../src/body';
import type { Pose } from '../src/pose';
import type { Person, Prop, Scene } from '../src/scene';

/** Upright, arms straight out to the sides, legs a little apart: no part hides another from the front. */
export function tPose(): Pose {
  const arm = { flex: 0, abduct: 80, twist: 0, elbow: 5 };
  const leg = { flex: 0, abduct: 8, twist: 0, knee: 2, ankle: 0 };
  return {
    activity: 'stand',
    trunk: { lean: 0, tilt: 0 },
    spine: { bend: 0, side: 0, twist: 0 },
    head: { yaw: 0, pitch: 0, roll: 0 },
    arms: { left: { ...arm }, right: { ...arm } },
    legs: { left: { ...leg }, right: { ...leg } },
  };
}

/** A person of 160 pixels in the middle of a 256x256 image, facing the viewer. */
export function standing(changes: Partial<Person> = {}): Person {
  return {
    depth: 0,
    root: [128, 128],
    stature: 160,
    yaw: 0,
    cameraPitch: 0,
    pose: tPose(),
    body: AVERAGE_BODY,
    look: {
      skin: '#eebfa0',
      hair: 'short',
      hairColor: '#2e211b',
      eyeColor: '#2b1a12',
      beard: false,
      glasses: false,
      top: '#3355aa',
      sleeves: 0.6,
      bottoms: 'trousers',
      bottomColor: '#222233',
      hem: 1.9,
      shoes: '#111111',
      belt: false,
    },
    ...changes,
  };
}

export function sceneOf(people: Person[], props: Prop[] = []): Scene {
  return {
    width: 256,
    height: 256,
    light: [0, -1],
    background: [{ outline: [0, 0, 256, 0, 256, 256, 0, 256], paint: { fill: '#ddeeff' } }],
    people,
    props,
    finish: { contrast: 1, brightness: 0, warmth: 0, noise: 0, noiseSeed: 1, blur: 0 },
  };
}

/** An opaque square of 2 * half pixels about (x, y), nearer than any person of depth 0. */
export function squareProp(x: number, y: number, half: number, opacity = 1): Prop {
  const outline = [x - half, y - half, x + half, y - half, x + half, y + half, x - half, y + half];
  return { name: 'square', depth: 1, shapes: [{ outline, paint: { fill: '#ff00ff', opacity } }] };
}
