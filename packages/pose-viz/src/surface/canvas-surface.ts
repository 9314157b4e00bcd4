import type { Color } from '../picture/image';
import type { CanvasContext } from './canvas-context';
import type { Surface } from './surface';

/**
 * A canvas, drawn on by its own shapes: the context's transformation, clip and opacity hold, and its state is left as
 * it was. A canvas that is scaled (for a screen of more pixels) is as large as the coordinates that fit on it.
 */
export function canvasSurface(context: CanvasContext): Surface {
  const { a, b, c, d } = context.getTransform();

  const paint = (color: Color, alpha: number, shape: () => void): void => {
    context.save();
    context.globalAlpha *= alpha;
    context.fillStyle = context.strokeStyle = `rgb(${color.join(', ')})`;
    context.beginPath();
    shape();
    context.restore();
  };
  /** A circle around a pixel's centre, which a canvas has at halves. */
  const circle = (x: number, y: number, radius: number): void => context.arc(x + 0.5, y + 0.5, radius, 0, 2 * Math.PI);

  const disc: Surface['disc'] = ([x, y], radius, color, alpha) =>
    paint(color, alpha, () => {
      circle(x, y, radius);
      context.fill();
    });

  return {
    width: context.canvas.width / Math.hypot(a, b),
    height: context.canvas.height / Math.hypot(c, d),
    disc,
    line: (from, to, radius, color, alpha, dash) => {
      // Browsers differ in what they draw of a line without length.
      if (from[0] === to[0] && from[1] === to[1]) return disc(from, radius, color, alpha);
      paint(color, alpha, () => {
        context.lineWidth = 2 * radius;
        context.lineCap = dash ? 'butt' : 'round';
        context.setLineDash(dash ? [dash.on, dash.off] : []);
        context.moveTo(from[0] + 0.5, from[1] + 0.5);
        context.lineTo(to[0] + 0.5, to[1] + 0.5);
        context.stroke();
      });
    },
    ring: ([x, y], radius, halfWidth, color, alpha) =>
      paint(color, alpha, () => {
        context.lineWidth = 2 * halfWidth;
        context.setLineDash([]);
        circle(x, y, radius);
        context.stroke();
      }),
    rect: (x0, y0, x1, y1, color, alpha) => paint(color, alpha, () => context.fillRect(x0, y0, x1 - x0, y1 - y0)),
  };
}
