import { hsl, shade } from './color';
import { DISTRIBUTION } from './distribution';
import { ellipse, hull, rectangle, taperedLimb, type Point } from './outline';
import type { Random } from './random';
import type { Prop, Shape } from './scene';

/**
 * A box, table, plant or pole that stands before a person.
 *
 * @param box  the person's box [x, y, width, height] in pixels; the prop reaches up from its lower edge
 */
export function sampleOccluder(random: Random, box: readonly number[], depth: number): Prop {
  const settings = DISTRIBUTION.occluder;
  const name = random.weighted({ box: 0.3, table: 0.25, plant: 0.3, pole: 0.15 });
  const height = random.uniform(settings.height[0], settings.height[1]) * box[3];
  const width = random.uniform(settings.width[0], settings.width[1]) * box[3];
  const ground = box[1] + box[3] + random.uniform(2, 10);
  const x = box[0] + box[2] * random.uniform(-0.15, 1.15);
  const color = hsl(random.uniform(0, 360), random.uniform(0.1, 0.6), random.uniform(0.2, 0.7));
  const shapes: Shape[] = [];
  const left = x - width / 2;
  if (name === 'box') {
    const rim = height * 0.15;
    shapes.push({
      outline: rectangle(left, ground - height, width, height),
      paint: { fill: shade(color, 0.08), to: shade(color, -0.3), axis: [left, 0, left + width, 0] },
    });
    shapes.push({
      outline: [
        left,
        ground - height,
        left + rim,
        ground - height - rim,
        left + width - rim,
        ground - height - rim,
        left + width,
        ground - height,
      ],
      paint: { fill: shade(color, 0.35) },
    });
  } else if (name === 'table') {
    const thick = 0.12 * height + 2;
    shapes.push({
      outline: rectangle(left, ground - height, width, thick),
      paint: { fill: shade(color, 0.15), to: shade(color, -0.2), axis: [left, 0, left + width, 0] },
    });
    for (const leg of [left + width * 0.06, left + width * 0.86])
      shapes.push({
        outline: rectangle(leg, ground - height + thick, width * 0.08, height - thick),
        paint: { fill: shade(color, -0.25) },
      });
  } else if (name === 'plant') {
    const leaf = hsl(random.uniform(80, 140), random.uniform(0.3, 0.6), random.uniform(0.2, 0.42));
    for (let i = random.int(5, 9); i > 0; i--) {
      const tip: Point = [x + random.normal(0, width * 0.35), ground - height * random.uniform(0.5, 1.1)];
      const middle = width * random.uniform(0.05, 0.09);
      shapes.push({
        outline: taperedLimb([x, ground - height * 0.25], tip, [
          [0, middle * 0.4],
          [0.5, middle],
          [1, 1],
        ]),
        paint: { fill: shade(leaf, random.uniform(-0.25, 0.25)) },
      });
    }
    const pot = height * 0.32;
    shapes.push({
      outline: hull([
        [x - pot * 0.6, ground - pot],
        [x + pot * 0.6, ground - pot],
        [x + pot * 0.42, ground],
        [x - pot * 0.42, ground],
      ]),
      paint: { fill: shade(color, 0.1), to: shade(color, -0.3), axis: [x - pot, 0, x + pot, 0] },
    });
  } else {
    const radius = box[3] * random.uniform(0.018, 0.04);
    shapes.push({
      outline: taperedLimb(
        [x, ground],
        [x, box[1] - box[3] * 0.1],
        [
          [0, radius],
          [1, radius],
        ],
      ),
      paint: { fill: shade(color, 0.2), to: shade(color, -0.35), axis: [x - radius, 0, x + radius, 0] },
    });
  }
  return { name, depth, shapes };
}

/** What a sitting person sits on: a stool or a block under the pelvis, painted just behind the person. */
export function sampleSeat(random: Random, pelvis: Point, stature: number, ground: number, depth: number): Prop {
  const color = hsl(random.uniform(0, 360), random.uniform(0.1, 0.5), random.uniform(0.2, 0.65));
  const half = stature * random.uniform(0.11, 0.17);
  const [x, y] = [pelvis[0], pelvis[1] + stature * 0.035];
  const shapes: Shape[] = [];
  if (random.chance(0.5)) {
    for (const leg of [x - half * 0.85, x + half * 0.7])
      shapes.push({ outline: rectangle(leg, y, half * 0.15, ground - y), paint: { fill: shade(color, -0.35) } });
    if (random.chance(0.5))
      shapes.push({
        outline: rectangle(x - half * 0.9, y - stature * 0.26, half * 1.8, stature * 0.26),
        paint: { fill: shade(color, -0.12) },
      });
    shapes.push({ outline: ellipse([x, y], half, stature * 0.025), paint: { fill: shade(color, 0.1) } });
  } else
    shapes.push({
      outline: rectangle(x - half, y - stature * 0.01, half * 2, Math.max(1, ground - y)),
      paint: { fill: color, to: shade(color, -0.3), axis: [x - half, 0, x + half, 0] },
    });
  return { name: 'seat', depth, shapes };
}
