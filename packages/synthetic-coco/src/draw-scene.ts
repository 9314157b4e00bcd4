import { composeScene } from './compose-scene';
import type { Scene } from './scene';

/**
 * The scene as an SVG document of scene.width x scene.height pixels. `finish` (contrast, noise, blur) is not part of
 * it: `renderScene` applies that to the pixels.
 */
export function drawScene(scene: Scene): string {
  const body: string[] = [];
  const definitions: string[] = [];
  for (const { outline, paint, edge, edgeLines } of composeScene(scene)) {
    let fill: string = paint.fill;
    if (paint.to !== undefined && paint.axis !== undefined) {
      const [x1, y1, x2, y2] = paint.axis.map(short);
      fill = `url(#g${definitions.length})`;
      definitions.push(
        `<linearGradient id="g${definitions.length}" gradientUnits="userSpaceOnUse" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}">` +
          `<stop stop-color="${paint.fill}"/><stop offset="1" stop-color="${paint.to}"/></linearGradient>`,
      );
    }
    const opacity = paint.opacity === undefined ? '' : ` fill-opacity="${paint.opacity}"`;
    const stroke = edge === undefined ? '' : ` stroke="${edge}" stroke-width=".7" stroke-opacity=".6"`;
    body.push(`<path fill="${fill}"${opacity}${edgeLines ? '' : stroke} d="${path(outline)}Z"/>`);
    if (edgeLines) body.push(`<path fill="none"${stroke} d="${edgeLines.map(path).join('')}"/>`);
  }
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${scene.width}" height="${scene.height}">` +
    `<defs>${definitions.join('')}</defs>${body.join('')}</svg>`
  );
}

function path(outline: readonly number[]): string {
  return `M${outline.map(short).join(' ')}`;
}

/** Texts that were made: converting a number takes several times as long as looking it up. */
const texts = new Array<string | undefined>(40_960);

/** To a tenth of a pixel. */
function short(value: number): string {
  const tenths = Math.round(value * 10);
  return tenths >= 0 && tenths < texts.length ? (texts[tenths] ??= String(tenths / 10)) : String(tenths / 10);
}
