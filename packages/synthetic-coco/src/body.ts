import { DISTRIBUTION } from './distribution';
import type { Random } from './random';

/** Lengths as fractions of the stature (the standing height). Half-widths and radii are measured from the bone. */
export interface Body {
  hipHalf: number;
  shoulderHalf: number;
  lumbar: number;
  thorax: number;
  neck: number;
  upperArm: number;
  forearm: number;
  hand: number;
  thigh: number;
  shank: number;
  foot: number;
  /** Head's half-axes: to the side, up, to the front. */
  head: [number, number, number];
  /** Multiplies every radius and the trunk's girth: 1 is slim, 1.4 stout. */
  build: number;
  /** Waist's half-width over the chest's. */
  waist: number;
}

/**
 * A slim body of average proportions.
 * Segment lengths near those of Drillis and Contini (in Winter, Biomechanics and Motor Control of Human Movement,
 * fig. 4.1): upper arm 0.186, forearm 0.146, hand 0.108, thigh 0.245, shank 0.246, foot 0.152 of the stature.
 * The shoulder and hip joints lie inside the body's outline, hence narrower than the figure's outer widths.
 */
export const AVERAGE_BODY: Body = {
  hipHalf: 0.058,
  shoulderHalf: 0.1,
  lumbar: 0.12,
  thorax: 0.17,
  neck: 0.052,
  upperArm: 0.178,
  forearm: 0.146,
  hand: 0.095,
  thigh: 0.245,
  shank: 0.24,
  foot: 0.15,
  head: [0.049, 0.068, 0.058],
  build: 1,
  waist: 0.84,
};

export function sampleBody(random: Random): Body {
  const { build, limbLength, shoulders, hips, waist, headSize } = DISTRIBUTION.body;
  const limb = random.normal(1, limbLength);
  const trunk = random.normal(1, limbLength);
  const head = random.normal(headSize[0], headSize[1]);
  const a = AVERAGE_BODY;
  return {
    hipHalf: a.hipHalf * random.normal(1, hips),
    shoulderHalf: a.shoulderHalf * random.normal(1, shoulders),
    lumbar: a.lumbar * trunk,
    thorax: a.thorax * trunk,
    neck: a.neck * random.normal(1, 0.08),
    upperArm: a.upperArm * limb,
    forearm: a.forearm * limb,
    hand: a.hand * limb,
    thigh: a.thigh * limb,
    shank: a.shank * limb,
    foot: a.foot,
    head: [a.head[0] * head, a.head[1] * head, a.head[2] * head],
    build: random.uniform(build[0], build[1]),
    waist: random.uniform(waist[0], waist[1]),
  };
}
