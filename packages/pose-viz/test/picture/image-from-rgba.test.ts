import { imageFromRgba, VizError } from '../../src';

test('imageFromRgba() drops alpha: what is transparent shows black behind it', () => {
  const data = Uint8ClampedArray.from([10, 20, 30, 255, 200, 100, 50, 128, 90, 90, 90, 0]);
  expect(imageFromRgba({ data, width: 3, height: 1 })).toEqual({
    data: Uint8Array.from([10, 20, 30, 100, 50, 25, 0, 0, 0]),
    width: 3,
    height: 1,
    channels: 3,
  });
});

test('imageFromRgba() throws where the data do not fit the size', () => {
  const pixels = { data: new Uint8ClampedArray(15), width: 2, height: 2 };
  expect(() => imageFromRgba(pixels)).toThrow(
    new VizError('imageFromRgba: expected data of 2x2x4 = 16 bytes, found 15'),
  );
  expect(() => imageFromRgba({ ...pixels, width: 0 })).toThrow(
    'imageFromRgba: expected [width, height], two positive integers, found [0,2]',
  );
});
