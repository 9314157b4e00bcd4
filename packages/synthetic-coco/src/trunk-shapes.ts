import { shade } from './color';
import { ellipse, taperedLimb, type Outline, type Point } from './outline';
import { PartGroup, roundPaint } from './part-group';
import { middleDepth, type PersonView } from './person-view';
import { offset, type Rotation, type Vec3 } from './rotation';

/** An elliptic cross-section of the trunk: half-width to the side, half-depth to the front, statures. */
interface Ring {
  center: Vec3;
  frame: Rotation;
  width: number;
  depth: number;
}

const STEPS_PER_RING = 4;
/** Shirt's hem and trousers' waistband, in rings from the neck. */
const HEM = 3.75;
const WAISTBAND = 3;

/** Neck to crotch. */
function rings(view: PersonView): Ring[] {
  const { body, person } = view;
  const { build, shoulderHalf, hipHalf, waist, thorax, lumbar } = person.body;
  const ring = (from: Vec3, frame: Rotation, down: number, width: number, depth: number): Ring => ({
    center: offset(from, frame, [0, down, 0]),
    frame,
    width,
    depth: depth * build,
  });
  const chestWidth = shoulderHalf * 0.88 * Math.sqrt(build);
  return [
    ring(body.neckBase, body.chestFrame, -0.012, 0.036, 0.03),
    ring(body.neckBase, body.chestFrame, 0.004, shoulderHalf * 1.08, 0.046),
    ring(body.neckBase, body.chestFrame, thorax * 0.45, chestWidth, 0.062),
    ring(body.waist, body.pelvisFrame, 0.01, chestWidth * waist * 0.92, 0.054),
    ring(body.pelvis, body.pelvisFrame, -lumbar * 0.12, (hipHalf + 0.036) * Math.sqrt(build), 0.06),
    ring(body.pelvis, body.pelvisFrame, 0.045, (hipHalf + 0.026) * Math.sqrt(build), 0.048),
  ];
}

/** Contour of the trunk between two positions, counted in rings. */
function trunkOutline(view: PersonView, list: Ring[], from: number, to: number): Outline {
  const steps = Math.max(1, Math.round((to - from) * STEPS_PER_RING));
  const centers: Point[] = [];
  const sections: Ring[] = [];
  for (let i = 0; i <= steps; i++) {
    const section = ringAt(list, from + ((to - from) * i) / steps);
    sections.push(section);
    centers.push(view.project(section.center));
  }
  const left: number[] = [];
  const right: number[] = [];
  const down = view.project(ringAt(list, list.length - 1).center);
  const up = view.project(list[0].center);
  const whole = Math.hypot(down[0] - up[0], down[1] - up[1]) || 1;
  // One direction across for the whole trunk: it stays sound where a bent spine points at the camera.
  const nx = -(down[1] - up[1]) / whole;
  const ny = (down[0] - up[0]) / whole;
  sections.forEach((section, i) => {
    const [ax, ay] = view.direction(section.frame, [section.width, 0, 0]);
    const [bx, by] = view.direction(section.frame, [0, 0, section.depth]);
    const extent = Math.hypot(ax * nx + ay * ny, bx * nx + by * ny);
    left.push(centers[i][0] + nx * extent, centers[i][1] + ny * extent);
    right.unshift(centers[i][0] - nx * extent, centers[i][1] - ny * extent);
  });
  return [...left, ...right];
}

function ringAt(list: Ring[], position: number): Ring {
  const i = Math.min(list.length - 2, Math.floor(position));
  const u = position - i;
  const [a, b] = [list[i], list[i + 1]];
  const blend = (x: number, y: number) => x + (y - x) * u;
  // Girths are eased so that the contour is round at each ring.
  const ease = u * u * (3 - 2 * u);
  return {
    center: [0, 1, 2].map((k) => blend(a.center[k], b.center[k])) as unknown as Vec3,
    frame: u < 0.5 ? a.frame : b.frame,
    width: a.width + (b.width - a.width) * (i === 0 ? Math.sqrt(u) : ease),
    depth: a.depth + (b.depth - a.depth) * ease,
  };
}

/** The trunk's place in the painter's order; the neck comes just above it. */
export function trunkDepth({ body }: PersonView): number {
  return middleDepth(body.pelvis, body.neckBase) + 0.02;
}

/** Trunk with its clothes, and the neck. */
export function trunkGroups(view: PersonView, owner: number, light: Point): PartGroup[] {
  const { body, person, scale } = view;
  const { look } = person;
  const list = rings(view);
  const middle = view.project(body.waist);
  const group = new PartGroup('torso', trunkDepth(view), owner);
  const paint = (color: string) => roundPaint(color, middle, 0.14 * scale, light);

  // No contour: its lower border lies on the thighs.
  group.add(trunkOutline(view, list, WAISTBAND, 5), paint(look.bottomColor));
  group.add(trunkOutline(view, list, 0.35, HEM), paint(look.top), shade(look.top, -0.45));
  if (look.stripes) {
    const { count, color } = look.stripes;
    for (let i = 0; i < count; i++) {
      const from = 1.1 + ((HEM - 1.2) * i) / count;
      group.add(trunkOutline(view, list, from, from + 1.2 / count), { fill: color, opacity: 0.8 });
    }
  }
  if (look.belt) group.add(trunkOutline(view, list, HEM - 0.05, HEM + 0.12), { fill: shade(look.bottomColor, -0.5) });

  const [neckBase, headCenter] = [
    view.project(offset(body.neckBase, body.chestFrame, [0, 0.012, 0])),
    view.project(body.headCenter),
  ];
  const radius = 0.0285 * scale * Math.sqrt(person.body.build);
  const front = view.towards(body.chestFrame, [0, 0, 1]);
  const neck = new PartGroup('neck', group.depth + 0.003, owner);
  neck.add(
    taperedLimb(neckBase, headCenter, [
      [0, radius * 1.05],
      [1, radius * 0.9],
    ]),
    paint(shade(look.skin, -0.12)),
    shade(look.skin, -0.45),
  );
  if (front > 0.2) {
    // The neckline and, on some shirts, a placket tell the front from the back.
    const [x, y] = view.project(offset(body.neckBase, body.chestFrame, [0, 0.016, 0.03]));
    neck.add(ellipse([x, y], 0.034 * scale * (0.5 + front / 2), 0.024 * scale), paint(look.skin));
    if (look.stripes === undefined && look.belt) {
      const line = [0.05, 0.12, 0.2].map((down) =>
        view.project(offset(body.neckBase, body.chestFrame, [0, down, 0.06])),
      );
      const width = 0.005 * scale;
      group.add(
        taperedLimb(line[0], line[2], [
          [0, width],
          [1, width],
        ]),
        { fill: shade(look.top, -0.35) },
      );
    }
  }
  return [group, neck];
}
