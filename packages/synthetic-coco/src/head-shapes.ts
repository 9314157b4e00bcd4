import { mixColors, shade } from './color';
import { SIDES } from './kinematics';
import { ellipse, ellipsoidCap, taperedLimb, type Outline, type Point } from './outline';
import { PartGroup, roundPaint } from './part-group';
import { middleDepth, type PersonView } from './person-view';
import { offset, rotate, type Vec3 } from './rotation';
import type { Color } from './scene';
import { trunkDepth } from './trunk-shapes';

/** Face points on the head's ellipsoid, as multiples of its half-axes (left positive, down, front). */
export const FACE = {
  nose: [0, 0.22, 1.14],
  left_eye: [0.4, -0.1, 0.91],
  right_eye: [-0.4, -0.1, 0.91],
  left_ear: [1.02, 0.06, -0.06],
  right_ear: [-1.02, 0.06, -0.06],
} as const satisfies Record<string, Vec3>;

/**
 * From which turn on a face point counts as out of sight: least value of `towards` of its outward direction.
 * The nose sticks out, an ear stands off the head, an eye lies in its socket.
 */
export const FACE_IN_SIGHT = { nose: -0.12, left_eye: 0.08, right_eye: 0.08, left_ear: -0.3, right_ear: -0.3 } as const;

/** A point given in multiples of the head's half-axes, in statures from the pelvis. */
export function headPoint(view: PersonView, [x, y, z]: Vec3): Vec3 {
  const [rx, ry, rz] = view.person.body.head;
  return offset(view.body.headCenter, view.body.headFrame, [x * rx, y * ry, z * rz]);
}

/** Head with hair, ears and face. */
export function headGroups(view: PersonView, owner: number, light: Point): PartGroup[] {
  const { person, body, scale } = view;
  const { look } = person;
  const frame = body.headFrame;
  const [rx, ry, rz] = person.body.head;
  const center = view.project(body.headCenter);
  const trunk = trunkDepth(view);
  // A head held upright is over the neck from every side; only one that is bent far away goes behind the trunk.
  const away = middleDepth(body.headCenter) - middleDepth(body.neckBase);
  const depth = away < -0.07 ? trunk - 0.01 : Math.max(trunk + 0.01, middleDepth(body.headCenter) + 0.03);
  const at = (point: Vec3) => view.project(headPoint(view, point));
  const towards = (point: Vec3) => view.towards(frame, point);
  const relative = (point: Vec3): Point => {
    const [x, y, z] = body.headCenter;
    return view.project([x + point[0], y + point[1], z + point[2]]);
  };
  const skin = roundPaint(look.skin, center, ry * scale, light);
  const hairPaint = roundPaint(look.hairColor, center, ry * scale, light);
  const skinEdge = shade(look.skin, -0.45);
  const front = towards([0, 0, 1]);
  const groups: PartGroup[] = [];

  // Hair that hangs behind the neck is painted first from the front and last from the back.
  if (look.hair === 'long') {
    const behind = new PartGroup('hair', front > 0 ? trunk - 0.005 : depth + 0.01, owner);
    behind.add(
      taperedLimb(at([0, -0.25, -0.5]), at([0, 1.75, -0.7]), [
        [0, rx * 1.1 * scale],
        [0.6, rx * 1.2 * scale],
        [1, rx * 0.9 * scale],
      ]),
      hairPaint,
      shade(look.hairColor, -0.4),
    );
    groups.push(behind);
  } else if (look.hair === 'bun') {
    const bun = new PartGroup('hair', depth + (front > 0 ? -0.002 : 0.005), owner);
    groups.push(
      bun.add(
        ellipse(at([0, -0.75, -0.95]), rx * 0.62 * scale, rx * 0.62 * scale),
        hairPaint,
        shade(look.hairColor, -0.4),
      ),
    );
  }

  // Contour of the ellipsoid: the cap around the direction to the viewer, a quarter turn wide.
  const contour = (factor: number): Outline => ellipsoidContour(view, factor);
  const ears = (behind: boolean) =>
    SIDES.flatMap((side) => {
      const facing = towards(FACE[`${side}_ear`]);
      if (facing < FACE_IN_SIGHT[`${side}_ear`] || facing < 0.15 !== behind || look.hair === 'long') return [];
      const ear = new PartGroup(`${side}_ear`, depth + (behind ? -0.001 : 0.003), owner);
      const [x, y] = at(FACE[`${side}_ear`]);
      const [wx, wy] = view.direction(frame, [0, 0, rz * 0.3]);
      const width = Math.max(rx * 0.24 * scale, Math.hypot(wx, wy));
      ear.add(ellipse([x, y], width, ry * 0.27 * scale), skin, skinEdge);
      return [ear.add(ellipse([x, y], width * 0.5, ry * 0.14 * scale), { fill: shade(look.skin, -0.3) })];
    });
  groups.push(...ears(true));

  const bald = look.hair === 'bald';
  const base = new PartGroup('scalp', depth, owner);
  base.add(contour(bald ? 1 : 1.05), bald ? skin : hairPaint, shade(bald ? look.skin : look.hairColor, -0.4));
  groups.push(base);

  const face = new PartGroup('head', depth + 0.002, owner);
  const cap = (pole: Vec3, radius: number) => ellipsoidCap([rx, ry, rz], frame, pole, radius, relative);
  if (!bald) face.add(cap([0, 0.34, 1], look.hair === 'cap' ? 74 : 72), skin);
  if (look.beard) face.add(cap([0, 1, 0.75], 38), { fill: mixColors(look.hairColor, look.skin, 0.3) });
  addFeatures(face, view, at, towards, skinEdge);
  groups.push(face, ...ears(false));

  if (look.hair === 'long') {
    const locks = new PartGroup('hair', depth + 0.004, owner);
    for (const side of [1, -1]) {
      if (towards([side, 0, -0.2]) < -0.4) continue;
      locks.add(
        taperedLimb(at([side * 0.82, -0.5, 0.1]), at([side * 1.02, 1.3, 0]), [
          [0, rx * 0.34 * scale],
          [0.6, rx * 0.36 * scale],
          [1, rx * 0.2 * scale],
        ]),
        hairPaint,
      );
    }
    groups.push(locks);
  } else if (look.hair === 'cap') {
    const hat = new PartGroup('scalp', depth + 0.004, owner);
    hat.add(
      ellipsoidCap([rx * 1.12, ry * 1.1, rz * 1.12], frame, [0, -1, -0.25], 72, relative),
      hairPaint,
      shade(look.hairColor, -0.45),
    );
    if (front > -0.3) {
      const brim = ellipse(at([0, -0.55, 1.15]), rx * scale * (0.65 + 0.3 * Math.abs(front)), ry * 0.15 * scale);
      hat.add(brim, { fill: shade(look.hairColor, -0.3) });
    }
    groups.push(hat);
  }
  return groups;
}

/** Where the head's surface turns away from the camera. */
function ellipsoidContour(view: PersonView, factor: number): Outline {
  const axes = view.person.body.head.map((axis) => axis * factor) as unknown as Vec3;
  const frame = view.body.headFrame;
  // Columns of the map from the unit sphere to the image; the contour is its image of the unit circle.
  const columns = axes.map((axis, k) =>
    view.direction(frame, [k === 0 ? axis : 0, k === 1 ? axis : 0, k === 2 ? axis : 0]),
  );
  const xx = columns.reduce((sum, [x]) => sum + x * x, 0);
  const xy = columns.reduce((sum, [x, y]) => sum + x * y, 0);
  const yy = columns.reduce((sum, [, y]) => sum + y * y, 0);
  const middle = (xx + yy) / 2;
  const spread = Math.hypot((xx - yy) / 2, xy);
  return ellipse(
    view.project(view.body.headCenter),
    Math.sqrt(middle + spread),
    Math.sqrt(Math.max(middle - spread, 0)),
    Math.atan2(2 * xy, xx - yy) / 2,
    28,
  );
}

function addFeatures(
  face: PartGroup,
  view: PersonView,
  at: (point: Vec3) => Point,
  towards: (point: Vec3) => number,
  edge: Color,
): void {
  const { look, body } = view.person;
  const [rx, ry] = [body.head[0] * view.scale, body.head[1] * view.scale];
  const roll = Math.atan2(...(rotate(view.body.headFrame, [1, 0, 0]).slice(0, 2).reverse() as [number, number]));
  const angle = Math.abs(roll) > Math.PI / 2 ? roll + Math.PI : roll;
  for (const side of [1, -1]) {
    const facing = towards([side * 0.4, -0.1, 0.91]);
    if (facing < FACE_IN_SIGHT.left_eye) continue;
    const eye = at([side * 0.4, -0.1, 0.91]);
    const narrow = 0.35 + 0.65 * facing;
    if (look.glasses) face.add(ellipse(eye, rx * 0.34 * narrow, ry * 0.2, angle, 12), { fill: '#15171c' });
    else {
      face.add(ellipse(eye, rx * 0.32 * narrow, ry * 0.19, angle, 12), { fill: '#f4f2ee' }, shade(edge, -0.4));
      face.add(ellipse(eye, rx * 0.18 * narrow, ry * 0.17, angle, 10), { fill: look.eyeColor });
    }
    const brow = (x: number, y: number) => at([side * x, y, 0.86]);
    const thick = ry * 0.05;
    face.add(
      taperedLimb(brow(0.2, -0.3), brow(0.62, -0.34), [
        [0, thick],
        [1, thick * 0.7],
      ]),
      { fill: shade(look.hairColor, -0.45) },
    );
  }
  if (towards([0, 0, 1]) > FACE_IN_SIGHT.nose) {
    const [bridge, tip] = [at([0, -0.12, 0.98]), at([0, 0.22, 1.08])];
    face.add(
      taperedLimb(bridge, tip, [
        [0, rx * 0.1],
        [1, rx * 0.24],
      ]),
      { fill: shade(look.skin, -0.3) },
    );
    face.add(ellipse(at([0, 0.3, 1.06]), rx * 0.2, ry * 0.06, angle, 10), { fill: shade(look.skin, -0.38) });
  }
  if (towards([0, 0.5, 0.85]) > 0.05) {
    const front = Math.max(0.3, towards([0, 0.5, 0.85]));
    face.add(ellipse(at([0, 0.56, 0.82]), rx * 0.3 * front, ry * 0.075, angle, 12), {
      fill: mixColors(shade(look.skin, -0.3), '#a03030', 0.45),
    });
  }
}
