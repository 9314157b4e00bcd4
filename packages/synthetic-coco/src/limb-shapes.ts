import { shade } from './color';
import { SIDES, type Side } from './kinematics';
import { ellipse, hull, limbSides, radiusAt, taperedLimb, type Point, type Profile } from './outline';
import { limbPaint, PartGroup } from './part-group';
import { middleDepth, type PersonView } from './person-view';
import type { Color } from './scene';

// Radii along each bone, in statures, for an average build.
const UPPER_ARM: Profile = [
  [0, 0.0265],
  [0.3, 0.0285],
  [1, 0.0225],
];
const FOREARM: Profile = [
  [0, 0.0225],
  [0.3, 0.0245],
  [1, 0.0155],
];
const THIGH: Profile = [
  [0, 0.05],
  [0.4, 0.046],
  [1, 0.033],
];
const SHANK: Profile = [
  [0, 0.032],
  [0.32, 0.034],
  [1, 0.0195],
];
/** Arms are painted before the trunk's middle plane unless they are clearly behind it. */
const ARM_BIAS = 0.035;

const scaled = (profile: Profile, factor: number): Profile => profile.map(([t, radius]) => [t, radius * factor]);

/** Upper arms, forearms and hands with their sleeves. */
export function armGroups(view: PersonView, owner: number, light: Point): PartGroup[] {
  const { look, body } = view.person;
  return SIDES.flatMap((side) => {
    const joints = view.body[side];
    const [shoulder, elbow, wrist, fingers] = [joints.shoulder, joints.elbow, joints.wrist, joints.fingers].map(
      view.project,
    );
    const girth = view.scale * body.build;
    const upper = new PartGroup(`${side}_upper_arm`, middleDepth(joints.shoulder, joints.elbow) + ARM_BIAS, owner);
    segment(upper, shoulder, elbow, scaled(UPPER_ARM, girth), look.skin, look.sleeves, look.top, light, true);
    const fore = new PartGroup(`${side}_forearm`, middleDepth(joints.elbow, joints.wrist) + ARM_BIAS + 0.004, owner);
    segment(fore, elbow, wrist, scaled(FOREARM, girth), look.skin, look.sleeves - 1, look.top, light, false);
    if (look.stripes && look.sleeves > 1) {
      band(upper, shoulder, elbow, scaled(UPPER_ARM, girth * 1.2), [0.3, 0.42], look.stripes.color);
      band(upper, shoulder, elbow, scaled(UPPER_ARM, girth * 1.2), [0.62, 0.74], look.stripes.color);
      band(fore, elbow, wrist, scaled(FOREARM, girth * 1.2), [0.2, 0.34], look.stripes.color);
    }
    return [upper, fore, hand(view, side, wrist, fingers, owner, light)];
  });
}

function hand(view: PersonView, side: Side, wrist: Point, fingers: Point, owner: number, light: Point): PartGroup {
  const joints = view.body[side];
  const size = view.scale;
  const skin = view.person.look.skin;
  const group = new PartGroup(`${side}_hand`, middleDepth(joints.wrist, joints.fingers) + ARM_BIAS + 0.006, owner);
  const at = (t: number): Point => [wrist[0] + (fingers[0] - wrist[0]) * t, wrist[1] + (fingers[1] - wrist[1]) * t];
  const palm: Profile = [
    [0, 0.0135 * size],
    [0.35, 0.021 * size],
    [0.8, 0.016 * size],
    [1, 0.009 * size],
  ];
  const paint = limbPaint(skin, wrist, fingers, 0.02 * size, light);
  // The thumb lies on the inner side, towards the body's front.
  const [tx, ty] = view.direction(view.body.chestFrame, [side === 'left' ? -0.022 : 0.022, 0, 0.012]);
  const [knuckle, tip] = [at(0.2), at(0.55)];
  group.add(
    taperedLimb(
      knuckle,
      [tip[0] + tx, tip[1] + ty],
      [
        [0, 0.009 * size],
        [1, 0.007 * size],
      ],
    ),
    paint,
    shade(skin, -0.45),
  );
  group.add(taperedLimb(wrist, at(0.92), palm), paint, shade(skin, -0.45));
  return group;
}

/** Thighs, shanks and feet with trousers or shorts, and the skirt. */
export function legGroups(view: PersonView, owner: number, light: Point): PartGroup[] {
  const { look, body } = view.person;
  const girth = view.scale * body.build;
  const covered = look.bottoms === 'skirt' ? 0 : look.hem;
  const groups = SIDES.flatMap((side) => {
    const joints = view.body[side];
    const [hip, knee, ankle] = [joints.hip, joints.knee, joints.ankle].map(view.project);
    const thigh = new PartGroup(`${side}_thigh`, middleDepth(joints.hip, joints.knee), owner);
    segment(thigh, hip, knee, scaled(THIGH, girth), look.skin, covered, look.bottomColor, light, true);
    const shank = new PartGroup(`${side}_shank`, middleDepth(joints.knee, joints.ankle) + 0.002, owner);
    segment(shank, knee, ankle, scaled(SHANK, girth), look.skin, covered - 1, look.bottomColor, light, false);
    return [thigh, shank, foot(view, side, owner, light)];
  });
  if (look.bottoms === 'skirt') groups.push(skirt(view, owner, light));
  return groups;
}

function foot(view: PersonView, side: Side, owner: number, light: Point): PartGroup {
  const { ankle, heel, toe } = view.body[side];
  const size = view.scale;
  const shoes = view.person.look.shoes;
  const [a, h, t] = [ankle, heel, toe].map(view.project);
  const group = new PartGroup(`${side}_foot`, middleDepth(ankle, toe) + 0.006, owner);
  const round = (point: Point, radius: number) => points(ellipse(point, radius * size, radius * size, 0, 10));
  const upper = hull([...round([a[0], a[1] + 0.006 * size], 0.022), ...round(h, 0.018), ...round(t, 0.02)]);
  group.add(upper, limbPaint(shoes, h, t, 0.03 * size, light), shade(shoes, -0.5));
  const low = 0.014 * size;
  const sole = hull([...round([h[0], h[1] + low], 0.008), ...round([t[0], t[1] + low], 0.009)]);
  return group.add(sole, { fill: shade(shoes, -0.45) });
}

function skirt(view: PersonView, owner: number, light: Point): PartGroup {
  const { person, body, scale } = view;
  const { look } = person;
  const spread = person.body.build * scale;
  const hem = SIDES.flatMap((side) => {
    const [hip, knee] = [view.project(body[side].hip), view.project(body[side].knee)];
    const end: Point = [hip[0] + (knee[0] - hip[0]) * look.hem, hip[1] + (knee[1] - hip[1]) * look.hem];
    return points(ellipse(end, 0.056 * spread, 0.016 * spread));
  });
  const top = points(ellipse(view.project([0, 0, 0]), (person.body.hipHalf + 0.022) * spread, 0.03 * spread));
  const depth = Math.max(...SIDES.map((side) => middleDepth(body[side].hip, body[side].knee))) + 0.004;
  const middle = view.project([0, 0.08, 0]);
  return new PartGroup('skirt', depth, owner).add(
    hull([...top, ...hem]),
    limbPaint(look.bottomColor, view.project([0, 0, 0]), [middle[0], middle[1] + 1], 0.12 * scale, light),
    shade(look.bottomColor, -0.45),
  );
}

/** One limb segment, whose start is round unless the round end of the segment before fills the bend: bare where `covered` (0..1 of its length) ends, cloth before. */
function segment(
  group: PartGroup,
  a: Point,
  b: Point,
  profile: Profile,
  skin: Color,
  covered: number,
  cloth: Color,
  light: Point,
  roundStart: boolean,
): void {
  const radius = radiusAt(profile, 0.4);
  // Contours run along the sides only, else every joint shows a seam; a bone that points at the camera keeps its end's.
  const lines = (outer: Profile, to: number) =>
    Math.hypot(b[0] - a[0], b[1] - a[1]) > 3 * radius ? limbSides(a, b, outer, to) : undefined;
  if (covered < 1)
    group.add(
      taperedLimb(a, b, profile, { roundStart }),
      limbPaint(skin, a, b, radius, light),
      shade(skin, -0.45),
      lines(profile, 1),
    );
  if (covered <= 0) return;
  const to = Math.min(1, covered);
  const loose = scaled(profile, 1.17);
  group.add(
    taperedLimb(a, b, loose, { to, roundStart, roundEnd: covered >= 1 }),
    limbPaint(cloth, a, b, radius * 1.17, light),
    shade(cloth, -0.45),
    lines(loose, to),
  );
}

function band(
  group: PartGroup,
  a: Point,
  b: Point,
  profile: Profile,
  [from, to]: [number, number],
  color: Color,
): void {
  group.add(taperedLimb(a, b, profile, { from, to, roundStart: false, roundEnd: false }), {
    fill: color,
    opacity: 0.85,
  });
}

function points(outline: readonly number[]): Point[] {
  const list: Point[] = [];
  for (let i = 0; i < outline.length; i += 2) list.push([outline[i], outline[i + 1]]);
  return list;
}
