import { hsl, mixColors, shade } from './color';
import { DISTRIBUTION } from './distribution';
import { ellipse, hull, rectangle, taperedLimb, type Outline, type Point } from './outline';
import type { Random } from './random';
import type { Color, Shape } from './scene';

/** Wall or sky, floor or ground, and what stands about. `horizon` is where the ground begins, pixels from the top. */
export function sampleBackground(random: Random, width: number, height: number, horizon: number): Shape[] {
  const { indoors, outdoors, plain, clutter } = DISTRIBUTION.background;
  const kind = random.weighted({ indoors, outdoors, plain });
  const shapes: Shape[] = [];
  const put = (outline: Outline, fill: Color, to?: Color, opacity?: number) =>
    shapes.push({ outline, paint: { fill, to, axis: to === undefined ? undefined : axisOf(outline), opacity } });
  const unit = Math.min(width, height) / 256;
  const any = (lightness: readonly [number, number] = [0.15, 0.85]) =>
    hsl(random.uniform(0, 360), random.uniform(0.05, 0.65), random.uniform(lightness[0], lightness[1]));

  if (kind === 'outdoors') {
    const sky = random.chance(0.7)
      ? hsl(random.uniform(195, 225), random.uniform(0.2, 0.7), random.uniform(0.5, 0.8))
      : any([0.4, 0.85]);
    put(rectangle(0, 0, width, height), shade(sky, -0.1), shade(sky, 0.35));
    for (let i = random.int(0, 3); i > 0; i--)
      put(
        ellipse(
          [random.uniform(0, width), random.uniform(0, horizon * 0.6)],
          random.uniform(15, 50) * unit,
          random.uniform(5, 14) * unit,
        ),
        '#ffffff',
        undefined,
        0.5,
      );
    const scenery = random.weighted({ hills: 0.4, city: 0.4, none: 0.2 });
    if (scenery === 'hills')
      for (let i = 0; i < 3; i++)
        put(
          ellipse(
            [random.uniform(0, width), horizon + 12 * unit],
            random.uniform(60, 150) * unit,
            random.uniform(15, 70) * unit,
          ),
          hsl(random.uniform(80, 160), random.uniform(0.15, 0.4), random.uniform(0.25, 0.5)),
        );
    if (scenery === 'city')
      for (let i = random.int(2, 6); i > 0; i--) building(random, put, width, horizon, unit, any([0.25, 0.75]));
    const ground = random.chance(0.5)
      ? hsl(random.uniform(70, 130), random.uniform(0.15, 0.5), random.uniform(0.25, 0.5))
      : hsl(random.uniform(20, 50), random.uniform(0.02, 0.3), random.uniform(0.35, 0.65));
    put(rectangle(0, horizon, width, height - horizon), shade(ground, 0.12), shade(ground, -0.2));
    for (let i = random.int(0, 5); i > 0; i--)
      tree(
        random,
        put,
        random.uniform(0, width),
        horizon + random.uniform(-2, 14) * unit,
        random.uniform(40, 150) * unit,
      );
  } else if (kind === 'indoors') {
    const wall = any([0.3, 0.88]);
    put(rectangle(0, 0, width, height), shade(wall, 0.1), shade(wall, -0.18));
    const floor = any([0.2, 0.7]);
    if (random.chance(0.35)) {
      const stripe = shade(wall, random.uniform(-0.2, 0.2));
      const step = random.uniform(10, 34) * unit;
      for (let x = 0; x < width; x += step * 2) put(rectangle(x, 0, step, horizon), stripe);
    }
    put(rectangle(0, horizon, width, height - horizon), shade(floor, -0.15), shade(floor, 0.12));
    put(rectangle(0, horizon - 4 * unit, width, 4 * unit), shade(wall, random.chance(0.5) ? 0.5 : -0.4));
    for (let i = random.int(0, 3); i > 0; i--) {
      const [w, h] = [random.uniform(25, 80) * unit, random.uniform(25, 80) * unit];
      const [x, y] = [random.uniform(-20, width), random.uniform(0, Math.max(1, horizon - h))];
      put(rectangle(x - 3 * unit, y - 3 * unit, w + 6 * unit, h + 6 * unit), any());
      put(rectangle(x, y, w, h), any(), any());
    }
    for (let i = random.int(0, 2); i > 0; i--)
      cabinet(random, put, random.uniform(-20, width), horizon + 10 * unit, unit, any([0.2, 0.6]));
  } else {
    const wall = any();
    const gradient = random.chance(0.7) ? any() : wall;
    put(rectangle(0, 0, width, height), wall, mixColors(wall, gradient, random.uniform(0.1, 0.7)));
  }

  // Clutter, some of it long and rounded like a limb and coloured like skin or cloth.
  for (let i = random.int(clutter[0], clutter[1]); i > 0; i--) {
    const at: Point = [random.uniform(0, width), random.uniform(0, height)];
    const size = random.uniform(8, 45) * unit;
    const color = random.chance(0.25)
      ? hsl(random.uniform(15, 30), random.uniform(0.3, 0.6), random.uniform(0.3, 0.75))
      : any();
    switch (random.weighted({ limb: 0.4, box: 0.2, blob: 0.2, shard: 0.2 })) {
      case 'limb': {
        const end: Point = [at[0] + random.normal(0, size), at[1] + random.normal(0, size * 1.3)];
        const radius = random.uniform(2, 8) * unit;
        put(
          taperedLimb(at, end, [
            [0, radius],
            [1, radius * random.uniform(0.5, 1)],
          ]),
          shade(color, 0.1),
          shade(color, -0.25),
        );
        break;
      }
      case 'box':
        put(rectangle(at[0], at[1], size, size * random.uniform(0.4, 1.8)), color, shade(color, -0.2));
        break;
      case 'blob':
        put(ellipse(at, size * 0.5, size * random.uniform(0.3, 0.6)), shade(color, 0.15), shade(color, -0.25));
        break;
      case 'shard': {
        const corner = (): Point => [at[0] + random.normal(0, size * 0.5), at[1] + random.normal(0, size * 0.5)];
        put(hull([corner(), corner(), corner(), corner()]), color);
      }
    }
  }
  return shapes;
}

type Put = (outline: Outline, fill: Color, to?: Color, opacity?: number) => void;

function building(random: Random, put: Put, width: number, horizon: number, unit: number, color: Color): void {
  const w = random.uniform(35, 90) * unit;
  const h = random.uniform(0.3, 0.95) * horizon;
  const x = random.uniform(-20 * unit, width);
  put(rectangle(x, horizon - h, w, h), color, shade(color, -0.25));
  const pane = random.chance(0.5) ? shade(color, -0.45) : shade(color, 0.45);
  const step = random.uniform(11, 18) * unit;
  for (let row = horizon - h + 6 * unit; row < horizon - 12 * unit; row += step)
    for (let column = x + 5 * unit; column < x + w - 8 * unit; column += step)
      put(rectangle(column, row, step * 0.5, step * 0.6), pane);
}

function tree(random: Random, put: Put, x: number, ground: number, size: number): void {
  const trunk = hsl(random.uniform(18, 35), 0.3, random.uniform(0.18, 0.35));
  const leaf = hsl(random.uniform(75, 140), random.uniform(0.25, 0.5), random.uniform(0.2, 0.42));
  put(
    taperedLimb(
      [x, ground],
      [x + random.normal(0, size * 0.05), ground - size * 0.6],
      [
        [0, size * 0.05],
        [1, size * 0.03],
      ],
    ),
    trunk,
    shade(trunk, -0.3),
  );
  for (let i = random.int(2, 5); i > 0; i--)
    put(
      ellipse(
        [x + random.normal(0, size * 0.16), ground - size * random.uniform(0.5, 0.95)],
        size * random.uniform(0.14, 0.28),
        size * random.uniform(0.12, 0.24),
      ),
      shade(leaf, random.uniform(-0.2, 0.2)),
    );
}

function cabinet(random: Random, put: Put, x: number, ground: number, unit: number, color: Color): void {
  const [w, h] = [random.uniform(40, 90) * unit, random.uniform(30, 120) * unit];
  put(rectangle(x, ground - h, w, h), shade(color, 0.1), shade(color, -0.2));
  for (let i = 1; i < 4; i++)
    put(rectangle(x + w * 0.06, ground - (h * i) / 4, w * 0.88, 1.6 * unit), shade(color, -0.5));
}

function axisOf(outline: Outline): [number, number, number, number] {
  const ys = outline.filter((_, i) => i % 2 === 1);
  return [0, Math.min(...ys), 0, Math.max(...ys)];
}
