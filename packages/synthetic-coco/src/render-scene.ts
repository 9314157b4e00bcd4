import sharp from 'sharp';
import { drawScene } from './draw-scene';
import type { Finish, Scene } from './scene';

/** The scene as a JPEG file's bytes, finish included. @param quality  1 to 100 */
export async function renderScene(scene: Scene, quality: number): Promise<Buffer> {
  let picture = sharp(Buffer.from(drawScene(scene))).flatten({ background: '#808080' });
  if (scene.finish.blur >= 0.3) picture = picture.blur(scene.finish.blur);
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  applyFinish(data, scene.finish);
  return sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();
}

/** Contrast about mid-grey, brightness, warmth and noise, in place on RGB bytes. */
export function applyFinish(data: Uint8Array, { contrast, brightness, warmth, noise, noiseSeed }: Finish): void {
  const shift = 128 - 128 * contrast + brightness;
  const add = [shift + warmth, shift, shift - warmth];
  const amplitude = (2 * noise) / 0x100000000;
  let state = noiseSeed | 0 || 1;
  for (let i = 0; i < data.length; i += 3) {
    for (let c = 0; c < 3; c++) {
      // xorshift32 (Marsaglia 2003)
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      const value = data[i + c] * contrast + add[c] + state * amplitude;
      data[i + c] = value < 0 ? 0 : value > 255 ? 255 : value;
    }
  }
}
