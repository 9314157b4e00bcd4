import sharp from 'sharp';
import { orientImage } from '../../src/image/orient-image';
import type { ExifOrientation } from '../../src/image/exif-orientation';

const width = 5;
const height = 3;
const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => i * 5);

test.each([1, 2, 3, 4, 5, 6, 7, 8] as ExifOrientation[])(
  'orientImage(image, %d) is as sharp turns it',
  async (orientation) => {
    const png = await sharp(data, { raw: { width, height, channels: 3 } })
      .withMetadata({ orientation })
      .png()
      .toBuffer();
    const { data: expected, info } = await sharp(png).autoOrient().raw().toBuffer({ resolveWithObject: true });
    const turned = orientImage({ data, width, height, channels: 3 }, orientation);
    expect({ ...turned, data: [...turned.data] }).toEqual({
      data: [...expected],
      width: info.width,
      height: info.height,
      channels: 3,
    });
  },
);
