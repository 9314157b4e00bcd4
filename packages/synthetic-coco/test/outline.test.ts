import fc from 'fast-check';
import { fillPolygon } from '../src/id-buffer';
import { ellipse, ellipsoidCap, hull, limbSides, radiusAt, taperedLimb, type Point } from '../src/outline';
import { flex, turn } from '../src/rotation';

function covers(outline: number[], [x, y]: Point): boolean {
  let inside = false;
  // One pixel whose centre is the point.
  const moved = outline.map((value, i) => value - (i % 2 === 0 ? x : y) + 0.5);
  fillPolygon(moved, 1, 1, () => (inside = true));
  return inside;
}

test('taperedLimb holds the whole bone and stays within its radius', () => {
  // Of hundredths, for fc.double mostly draws numbers next to zero: two such points make no bone.
  const coordinate = fc.integer({ min: 0, max: 10_000 }).map((n) => n / 100);
  fc.assert(
    fc.property(coordinate, coordinate, coordinate, coordinate, (ax, ay, bx, by) => {
      fc.pre(Math.hypot(bx - ax, by - ay) > 1);
      const outline = taperedLimb(
        [ax, ay],
        [bx, by],
        [
          [0, 6],
          [1, 3],
        ],
      );
      for (const t of [0, 0.25, 0.5, 1]) expect(covers(outline, [ax + (bx - ax) * t, ay + (by - ay) * t])).toBe(true);
      for (let i = 0; i < outline.length; i += 2) {
        const [dx, dy] = [bx - ax, by - ay];
        const t = ((outline[i] - ax) * dx + (outline[i + 1] - ay) * dy) / (dx * dx + dy * dy);
        const u = Math.max(0, Math.min(1, t));
        expect(Math.hypot(outline[i] - ax - dx * u, outline[i + 1] - ay - dy * u)).toBeLessThanOrEqual(6 + 1e-9);
      }
    }),
  );
});

test('limbSides are the two lines at the radius on either side of the bone', () => {
  const [left, right] = limbSides(
    [0, 0],
    [10, 0],
    [
      [0, 2],
      [1, 2],
    ],
    0.5,
  );
  const ys = (line: number[]) => new Set(line.filter((_, i) => i % 2 === 1));
  expect([ys(left), ys(right)]).toEqual([new Set([2]), new Set([-2])]);
  expect([left[0], left[left.length - 2], right[0], right[right.length - 2]]).toEqual([0, 5, 5, 0]);
});

test('radiusAt meets the profile at its knots and holds beyond its ends', () => {
  const profile = [
    [0, 4],
    [0.5, 6],
    [1, 2],
  ] as const;
  expect([-1, 0, 0.5, 1, 2].map((t) => radiusAt(profile, t))).toEqual([4, 4, 6, 2, 2]);
});

test('hull holds all its points and turns one way only', () => {
  const point = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 }));
  fc.assert(
    fc.property(fc.array(point, { minLength: 3, maxLength: 20 }), (points) => {
      const outline = hull(points);
      const n = outline.length / 2;
      fc.pre(n > 2);
      const corner = (i: number): Point => [outline[2 * (i % n)], outline[2 * (i % n) + 1]];
      const cross = (o: Point, a: Point, b: Point) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
      for (let i = 0; i < n; i++) {
        expect(cross(corner(i), corner(i + 1), corner(i + 2))).toBeGreaterThan(0);
        for (const p of points) expect(cross(corner(i), corner(i + 1), p)).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

test('ellipsoidCap is the face seen from the front, a part of it from the side, nothing from behind', () => {
  const project = ([x, y]: readonly [number, number, number]): Point => [50 + x, 50 + y];
  const cap = (yaw: number) => ellipsoidCap([10, 14, 12], turn(yaw), [0, 0, 1], 70, project);
  const area = (outline: number[]) => {
    let pixels = 0;
    fillPolygon(outline, 100, 100, (_row, from, to) => (pixels += to - from));
    return pixels;
  };
  const front = area(cap(0));
  expect(front).toBeGreaterThan(0.95 * Math.PI * 10 * 14 * Math.sin((70 * Math.PI) / 180) ** 2);
  expect(front).toBeLessThan(Math.PI * 10 * 14);
  expect(area(cap(90))).toBeGreaterThan(0.2 * front);
  expect(area(cap(90))).toBeLessThan(0.75 * front);
  expect(cap(180)).toEqual([]);
  // Seen from below the cap moves up or down with the nod, not sideways.
  const nod = ellipsoidCap([10, 14, 12], flex(40), [0, 0, 1], 70, project);
  const xs = nod.filter((_, i) => i % 2 === 0);
  expect(Math.min(...xs) + Math.max(...xs)).toBeCloseTo(100, 6);
});

test('ellipse has its half-axes along its angle', () => {
  const xs = ellipse([0, 0], 5, 2, Math.PI / 2).filter((_, i) => i % 2 === 0);
  expect(Math.max(...xs)).toBeCloseTo(2, 6);
});
