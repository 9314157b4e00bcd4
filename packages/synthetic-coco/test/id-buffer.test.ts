import fc from 'fast-check';
import sharp from 'sharp';
import { composeScene } from '../src/compose-scene';
import { fillPolygon, ownerAt, paintIds, partAt } from '../src/id-buffer';
import { PARTS } from '../src/layer';
import { sampleScene } from '../src/sample-scene';

/** The obvious twin: the winding number of every pixel centre. */
function windingNumber(outline: number[], x: number, y: number): number {
  let winding = 0;
  for (let i = 0; i < outline.length; i += 2) {
    const [x0, y0] = [outline[i], outline[i + 1]];
    const [x1, y1] = [outline[(i + 2) % outline.length], outline[(i + 3) % outline.length]];
    const isLeft = (x1 - x0) * (y - y0) - (x - x0) * (y1 - y0);
    if (y0 <= y && y1 > y && isLeft > 0) winding++;
    if (y0 > y && y1 <= y && isLeft < 0) winding--;
  }
  return winding;
}

/** A centre that an edge runs through belongs to either side. */
function onEdge(outline: number[], x: number, y: number): boolean {
  for (let i = 0; i < outline.length; i += 2) {
    const [x0, y0] = [outline[i], outline[i + 1]];
    const [dx, dy] = [outline[(i + 2) % outline.length] - x0, outline[(i + 3) % outline.length] - y0];
    const along = Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1)));
    if (Math.hypot(x - x0 - along * dx, y - y0 - along * dy) < 1e-6) return true;
  }
  return false;
}

test('fillPolygon fills the pixels whose centres have a winding number, also of self-crossing polygons that leave the image', () => {
  const coordinate = fc.double({ min: -6, max: 26, noNaN: true });
  fc.assert(
    fc.property(fc.array(coordinate, { minLength: 6, maxLength: 24 }), (values) => {
      const outline = values.slice(0, values.length - (values.length % 2));
      const [width, height] = [20, 16];
      const filled = new Uint8Array(width * height);
      fillPolygon(outline, width, height, (row, from, to) => filled.fill(1, row * width + from, row * width + to));
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++)
          if (!onEdge(outline, x + 0.5, y + 0.5))
            expect(filled[y * width + x]).toBe(windingNumber(outline, x + 0.5, y + 0.5) === 0 ? 0 : 1);
    }),
    { numRuns: 300 },
  );
});

test('paintIds agrees with the renderer of the picture, given flat colours', async () => {
  for (let index = 0; index < 6; index++) {
    const scene = sampleScene({ seed: 11, split: 'ids', index });
    const layers = composeScene(scene).filter((layer) => layer.owner !== 'none');
    const buffer = paintIds(layers, scene.width, scene.height);
    const paths = layers.map(({ outline, owner, part }) => {
      const id = owner === 'prop' || part === undefined ? 1 : 2 + Number(owner) * PARTS.length + PARTS.indexOf(part);
      return `<polygon fill="#${(id * 2).toString(16).padStart(6, '0')}" points="${outline.join(' ')}"/>`;
    });
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" shape-rendering="crispEdges"><rect width="256" height="256" fill="#000"/>${paths.join('')}</svg>`;
    const pixels = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer();
    let wrong = 0;
    for (let i = 0; i < buffer.ids.length; i++) if (pixels[3 * i + 2] !== buffer.ids[i] * 2) wrong++;
    // Rasterisers may disagree about a pixel whose centre a contour all but touches.
    expect(wrong / buffer.ids.length).toBeLessThan(0.002);
  }
});

test('ownerAt and partAt read back whose part a pixel shows', () => {
  const square = (x: number) => [x, 0, x + 2, 0, x + 2, 2, x, 2];
  const paint = { fill: '#000000' };
  const buffer = paintIds(
    [
      { outline: square(0), paint, owner: 1, part: 'left_hand' },
      { outline: square(2), paint, owner: 0, part: 'torso' },
      { outline: square(4), paint, owner: 'prop' },
      { outline: square(0), paint, owner: 'none' },
    ],
    8,
    2,
  );
  expect([0, 2, 4, 6].map((x) => ownerAt(buffer, x, 1))).toEqual([1, 0, -1, -1]);
  expect([0, 2, 4, 6].map((x) => partAt(buffer, x, 1))).toEqual(['left_hand', 'torso', undefined, undefined]);
});
