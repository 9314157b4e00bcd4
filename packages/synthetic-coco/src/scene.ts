import type { Body } from './body';
import type { Look } from './look';
import type { Outline, Point } from './outline';
import type { Pose } from './pose';

/** '#rrggbb'. */
export type Color = string;

/** A flat colour, or a linear gradient from `fill` to `to` along the line `axis`, [x1, y1, x2, y2] in pixels. */
export interface Paint {
  fill: Color;
  to?: Color;
  axis?: readonly [number, number, number, number];
  /** 1 unless told. */
  opacity?: number;
}

/** A filled polygon. */
export interface Shape {
  outline: Outline;
  paint: Paint;
}

/** A thing that is no person: furniture, a plant, a box. Its opaque shapes hide what stands behind it. */
export interface Prop {
  name: string;
  /** Paint order among people and props: greater is nearer to the viewer. */
  depth: number;
  shapes: Shape[];
}

/** A person, posed, dressed and placed. */
export interface Person {
  /** Paint order among people and props: greater is nearer to the viewer. */
  depth: number;
  /** Image position of the pelvis (the middle between the hips), pixels. */
  root: Point;
  /** Upright height, pixels. */
  stature: number;
  /** Where the person faces: 0 the viewer, 90 the image's right edge, 180 away; degrees. */
  yaw: number;
  /** Camera's height angle, degrees; looking down is positive. */
  cameraPitch: number;
  pose: Pose;
  body: Body;
  look: Look;
}

/** What the camera does to the finished picture. */
export interface Finish {
  contrast: number;
  /** Added grey levels. */
  brightness: number;
  /** Grey levels added to red and taken from blue. */
  warmth: number;
  /** Amplitude of uniform noise, grey levels. */
  noise: number;
  noiseSeed: number;
  /** Sigma, pixels; 0 is none. */
  blur: number;
}

/** All that a picture holds. Pixel coordinates have (0, 0) at the image's top-left corner. */
export interface Scene {
  width: number;
  height: number;
  /** Where the light comes from, image plane, unit length. */
  light: Point;
  background: Shape[];
  people: Person[];
  props: Prop[];
  finish: Finish;
}
