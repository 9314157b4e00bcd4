import { rotate, type Rotation, type Vec3 } from './rotation';

/** A closed polygon, flat [x, y, ...] in pixels; filled by the non-zero rule. */
export type Outline = number[];
export type Point = readonly [number, number];

/** A closed ellipse; `angle` turns its first half-axis, radians. */
export function ellipse([cx, cy]: Point, rx: number, ry: number, angle = 0, steps = 20): Outline {
  const outline: Outline = [];
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  for (let i = 0; i < steps; i++) {
    const t = (2 * Math.PI * i) / steps;
    const x = rx * Math.cos(t);
    const y = ry * Math.sin(t);
    outline.push(cx + c * x - s * y, cy + s * x + c * y);
  }
  return outline;
}

/** Radius along a bone: [position 0..1, radius in pixels], in rising order of position. */
export type Profile = readonly (readonly [number, number])[];

export function radiusAt(profile: Profile, t: number): number {
  if (t <= profile[0][0]) return profile[0][1];
  for (let i = 1; i < profile.length; i++) {
    const [t0, r0] = profile[i - 1];
    const [t1, r1] = profile[i];
    if (t <= t1) {
      const u = (t - t0) / (t1 - t0);
      return r0 + (r1 - r0) * (3 * u * u - 2 * u * u * u);
    }
  }
  return profile[profile.length - 1][1];
}

/**
 * A limb's outline: the profile swept along the bone a-b between positions `from` and `to`, with round ends where
 * these are `roundStart`, `roundEnd` (a sleeve's hem is straight).
 */
export function taperedLimb(
  a: Point,
  b: Point,
  profile: Profile,
  { from = 0, to = 1, roundStart = true, roundEnd = true } = {},
): Outline {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const length = Math.hypot(dx, dy) || 1e-6;
  const ux = dx / length;
  const uy = dy / length;
  const outline: Outline = [];
  const put = (t: number, along: number, across: number) =>
    outline.push(a[0] + dx * t + ux * along - uy * across, a[1] + dy * t + uy * along + ux * across);
  const steps = 6;
  const start = radiusAt(profile, from);
  const end = radiusAt(profile, to);
  if (roundStart) for (let i = 1; i < 6; i++) arc(from, start, Math.PI * (1.5 - i / 6));
  for (let i = 0; i <= steps; i++) {
    const t = from + ((to - from) * i) / steps;
    put(t, 0, radiusAt(profile, t));
  }
  if (roundEnd) for (let i = 1; i < 6; i++) arc(to, end, Math.PI * (0.5 - i / 6));
  for (let i = steps; i >= 0; i--) {
    const t = from + ((to - from) * i) / steps;
    put(t, 0, -radiusAt(profile, t));
  }
  return outline;

  function arc(t: number, radius: number, angle: number): void {
    put(t, radius * Math.cos(angle), radius * Math.sin(angle));
  }
}

/** The two long sides of `taperedLimb`'s outline, as open lines. */
export function limbSides(a: Point, b: Point, profile: Profile, to: number): [Outline, Outline] {
  const outline = taperedLimb(a, b, profile, { to, roundStart: false, roundEnd: false });
  return [outline.slice(0, outline.length / 2), outline.slice(outline.length / 2)];
}

/** A box with square or cut corners. */
export function rectangle(x: number, y: number, width: number, height: number): Outline {
  return [x, y, x + width, y, x + width, y + height, x, y + height];
}

/** Convex hull of points (Andrew's monotone chain). */
export function hull(points: readonly Point[]): Outline {
  const sorted = [...points].sort((p, q) => p[0] - q[0] || p[1] - q[1]);
  const half = (input: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const point of input) {
      while (chain.length > 1 && turnOf(chain[chain.length - 2], chain[chain.length - 1], point) <= 0) chain.pop();
      chain.push(point);
    }
    chain.pop();
    return chain;
  };
  return [...half(sorted), ...half(sorted.reverse())].flat();
}

function turnOf(o: Point, a: Point, b: Point): number {
  return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
}

/**
 * The part in sight of a cap on an ellipsoid: all surface points within `radius` degrees of `pole`. Points of its rim
 * that are turned away are pushed out to the ellipsoid's contour. Empty when the whole rim is turned away.
 *
 * @param frame    turns the ellipsoid's own axes to the view (x right, y down, z to the viewer)
 * @param project  turns a point, relative to the ellipsoid's centre, to pixels
 */
export function ellipsoidCap(
  axes: Vec3,
  frame: Rotation,
  pole: Vec3,
  radius: number,
  project: (point: Vec3) => Point,
): Outline {
  const [px, py, pz] = normalize(pole);
  const helper: Vec3 = Math.abs(py) < 0.9 ? [0, 1, 0] : [1, 0, 0];
  const u = normalize(cross([px, py, pz], helper));
  const v = cross([px, py, pz], u);
  const c = Math.cos((radius * Math.PI) / 180);
  const s = Math.sin((radius * Math.PI) / 180);
  const outline: Outline = [];
  let seen = 0;
  for (let i = 0; i < 28; i++) {
    const t = (2 * Math.PI * i) / 28;
    const a = s * Math.cos(t);
    const b = s * Math.sin(t);
    const unit: Vec3 = [c * px + a * u[0] + b * v[0], c * py + a * u[1] + b * v[1], c * pz + a * u[2] + b * v[2]];
    const view = rotate(frame, unit);
    let point = view;
    if (view[2] < 0) {
      const length = Math.hypot(view[0], view[1]) || 1e-6;
      point = [view[0] / length, view[1] / length, 0];
    } else seen++;
    // Back to the ellipsoid's own axes to stretch the unit sphere, then to the view again.
    const own = unrotate(frame, point);
    outline.push(...project(rotate(frame, [own[0] * axes[0], own[1] * axes[1], own[2] * axes[2]])));
  }
  return seen > 0 ? outline : [];
}

function normalize([x, y, z]: Vec3): Vec3 {
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
}

function cross(a: Vec3, b: Vec3): Vec3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function unrotate(r: Rotation, [x, y, z]: Vec3): Vec3 {
  return [r[0] * x + r[3] * y + r[6] * z, r[1] * x + r[4] * y + r[7] * z, r[2] * x + r[5] * y + r[8] * z];
}
