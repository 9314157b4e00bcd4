import { VizError } from '../../src';
import type { Image } from '../../src';
import { checkColor, checkImage, checkSize, createImage } from '../../src/picture/image';

test('createImage(width, height, color) fills every pixel', () => {
  const image = createImage(2, 3, [1, 2, 3]);
  expect(image).toMatchObject({ width: 2, height: 3, channels: 3 });
  expect(Array.from(image.data)).toEqual(Array.from({ length: 6 }, () => [1, 2, 3]).flat());
});

test('checkImage(image) says what was expected and found', () => {
  const good = createImage(4, 2, [0, 0, 0]);
  expect(() => checkImage(good, 'here')).not.toThrow();
  const short = { ...good, data: good.data.subarray(3) };
  expect(() => checkImage(short, 'here')).toThrow(
    new VizError('here: expected image data of 4x2x3 = 24 bytes, found 21'),
  );
  const rgba = { ...good, channels: 4 } as unknown as Image;
  expect(() => checkImage(rgba, 'here')).toThrow('here: expected an image of 3 channels (RGB), found 4');
  expect(() => checkImage({ ...good, width: 0 }, 'here')).toThrow(VizError);
  expect(() => checkImage(undefined as unknown as Image, 'here')).toThrow(VizError);
});

test.each([[[0, 1]], [[1.5, 1]], [[1]], [[NaN, 2]], [[-3, 2]]])('checkSize(%p) throws', (size) => {
  expect(() => checkSize(size as [number, number], 'size')).toThrow(/^size: expected \[width, height\], two positive/);
});

test('checkColor(color) throws outside 0..255', () => {
  expect(() => checkColor([0, 255, 12], 'color')).not.toThrow();
  expect(() => checkColor([0, 256, 12], 'color')).toThrow(VizError);
  expect(() => checkColor([0, NaN, 12], 'color')).toThrow(VizError);
});
