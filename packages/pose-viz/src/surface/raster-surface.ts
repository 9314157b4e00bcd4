import type { Image } from '../picture/image';
import { fillDisc, fillRect, strokeCircle, strokeLine } from './stroke';
import type { Surface } from './surface';

/** An RGB picture, drawn on in place. */
export function rasterSurface(image: Image): Surface {
  return {
    width: image.width,
    height: image.height,
    line: (from, to, radius, color, alpha, dash) => strokeLine(image, from, to, radius, color, alpha, dash),
    disc: ([x, y], radius, color, alpha) => fillDisc(image, x, y, radius, color, alpha),
    ring: ([x, y], radius, halfWidth, color, alpha) => strokeCircle(image, x, y, radius, halfWidth, color, alpha),
    rect: (x0, y0, x1, y1, color, alpha) => fillRect(image, x0, y0, x1, y1, color, alpha),
  };
}
