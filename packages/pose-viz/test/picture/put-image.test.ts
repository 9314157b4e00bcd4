import { createCanvas } from '@napi-rs/canvas';
import { imageFromRgba, putImage, VizError, type Image } from '../../src';

const image: Image = { data: Uint8Array.from({ length: 18 }, (_, i) => 14 * i), width: 3, height: 2, channels: 3 };

test('putImage() and imageFromRgba() are inverse', () => {
  const context = createCanvas(3, 2).getContext('2d');
  putImage(context, image);
  expect(imageFromRgba(context.getImageData(0, 0, 3, 2))).toEqual(image);
});

test('putImage() at a place leaves what is around as it was, and cuts what is outside', () => {
  const context = createCanvas(5, 3).getContext('2d');
  putImage(context, image, 3, -1);
  const { data } = context.getImageData(0, 0, 5, 3);
  expect(Array.from(data.subarray(4 * 3, 4 * 5))).toEqual([126, 140, 154, 255, 168, 182, 196, 255]);
  expect(data.filter((_, i) => i < 12 || i >= 20).every((value) => value === 0)).toBe(true);
});

test('putImage() throws on a bad picture or place', () => {
  const context = createCanvas(3, 2).getContext('2d');
  expect(() => putImage(context, { ...image, width: 4 })).toThrow('putImage: expected image data of 4x2x3 = 24 bytes');
  expect(() => putImage(context, image, 0.5, 0)).toThrow(
    new VizError('putImage: expected a place of whole numbers, found (0.5, 0)'),
  );
});
