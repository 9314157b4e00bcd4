import { labelBox, type Taken } from '../draw/label';
import { RIM } from '../draw/skeleton-colors';
import type { Image } from '../picture/image';
import { checkImage } from '../picture/image';
import { rasterSurface } from '../surface/raster-surface';
import { VizError } from '../viz-error';
import { mosaic } from './mosaic';

export interface BeforeAfterOptions {
  /** Of the two pictures; default `['before', 'after']`. */
  captions?: readonly [string, string];
  /** Given: one picture, whose left part, this share of the width (0..1), is of before. Not given: side by side. */
  split?: number;
}

const LINE = [255, 255, 255] as const;

/**
 * Two states of one picture: side by side with captions under them, or as one picture that is parted by a line.
 *
 * @param before  RGB picture
 * @param after   RGB picture of the same size
 * @returns a new picture
 * @throws VizError when a picture is bad, the sizes differ, or an option is bad
 */
export function beforeAfter(before: Image, after: Image, options: BeforeAfterOptions = {}): Image {
  const { captions = ['before', 'after'], split } = options;
  checkImage(before, 'beforeAfter: before');
  checkImage(after, 'beforeAfter: after');
  const { width, height } = before;
  if (after.width !== width || after.height !== height) {
    const sizes = `${width}x${height} and ${after.width}x${after.height}`;
    throw new VizError(`beforeAfter: expected two images of one size, found ${sizes}`);
  }
  if (captions.length !== 2) throw new VizError(`beforeAfter: expected two captions, found ${captions.length}`);
  if (split === undefined) return mosaic([before, after], { columns: 2, captions });
  if (!(split >= 0 && split <= 1)) throw new VizError(`beforeAfter: expected options.split of 0..1, found ${split}`);

  const edge = Math.round(split * width);
  const out: Image = { data: after.data.slice(), width, height, channels: 3 };
  for (let y = 0; y < height; y++) {
    const row = 3 * y * width;
    out.data.set(before.data.subarray(row, row + 3 * edge), row);
  }
  const surface = rasterSurface(out);
  surface.rect(edge - 2, 0, edge + 2, height, RIM, 0.6);
  surface.rect(edge - 1, 0, edge + 1, height, LINE, 1);
  const [left, right] = captions;
  const taken: Taken = [];
  if (edge > 0) labelBox(surface, [0, 0, edge, height], left, LINE, taken);
  if (edge < width) labelBox(surface, [edge + 2, 0, width - edge, height], right, LINE, taken);
  return out;
}
