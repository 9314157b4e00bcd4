import fc from 'fast-check';
import { denormalize, VizError } from '../../src';

const options = { size: [2, 1], mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;

test('denormalize() gives back the bytes that were normalised', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 6, maxLength: 6 }), (bytes) => {
      const input = Float32Array.from(bytes, (v, i) => (v / 255 - options.mean[i % 3]) / options.std[i % 3]);
      expect(Array.from(denormalize(input, options).data)).toEqual(Array.from(bytes));
    }),
  );
});

test('denormalize() clamps', () => {
  expect(Array.from(denormalize([-99, 99, 0, 0, 0, 0], options).data).slice(0, 2)).toEqual([0, 255]);
});

test('denormalize() throws on bad shapes and values', () => {
  expect(() => denormalize(new Float32Array(7), options)).toThrow(
    new VizError('denormalize: expected 2x1x3 = 6 values, found 7'),
  );
  expect(() => denormalize([0, 0, 0, 0, NaN, 0], options)).toThrow('found NaN at x 1, y 0, channel 1');
  expect(() => denormalize(new Float32Array(6), { ...options, std: [1, 1] as never })).toThrow('options.std');
});
