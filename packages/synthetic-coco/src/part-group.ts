import { shade } from './color';
import type { Layer, Part } from './layer';
import type { Outline, Point } from './outline';
import type { Color, Paint } from './scene';

/** The layers of one body part, which are painted together at its depth. */
export class PartGroup {
  readonly layers: Layer[] = [];

  constructor(
    readonly part: Part,
    /** Greater is nearer to the viewer, statures. */
    readonly depth: number,
    private readonly owner: number,
  ) {}

  add(outline: Outline, paint: Paint, edge?: Color, edgeLines?: Outline[]): this {
    if (outline.length > 5) this.layers.push({ outline, paint, edge, edgeLines, owner: this.owner, part: this.part });
    return this;
  }
}

/** Rounds a limb by light: a gradient across the bone a-b, bright on the side of the light. */
export function limbPaint(color: Color, a: Point, b: Point, radius: number, light: Point): Paint {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
  let nx = -(b[1] - a[1]) / length;
  let ny = (b[0] - a[0]) / length;
  if (nx * light[0] + ny * light[1] < 0) {
    nx = -nx;
    ny = -ny;
  }
  const cx = (a[0] + b[0]) / 2;
  const cy = (a[1] + b[1]) / 2;
  return {
    fill: shade(color, 0.12),
    to: shade(color, -0.3),
    axis: [cx + nx * radius, cy + ny * radius, cx - nx * radius, cy - ny * radius],
  };
}

/** Rounds a broad part: a gradient of half-length `radius` along the light through its middle. */
export function roundPaint(color: Color, [cx, cy]: Point, radius: number, light: Point): Paint {
  return {
    fill: shade(color, 0.1),
    to: shade(color, -0.26),
    axis: [cx + light[0] * radius, cy + light[1] * radius, cx - light[0] * radius, cy - light[1] * radius],
  };
}
