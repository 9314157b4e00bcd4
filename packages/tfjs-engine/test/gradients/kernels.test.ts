import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { useEngine } from '../../src/use-engine';
import { ENGINES, withoutLeaks } from '../support/engines';
import { deviation, numbers } from '../support/numbers';

const upTo = (max: number) => fc.integer({ min: 1, max });
const values = (shape: number[], seed: number) => tf.tensor(numbers(tf.util.sizeFromShape(shape), seed), shape);

describe.each(ENGINES)('on %s:', (engine) => {
  beforeAll(() => useEngine({ prefer: engine }));

  test('tf.matMul with transposed operands is the product of the transposed matrices, batches broadcast', () => {
    fc.assert(
      fc.property(
        fc.constantFrom([1, 1], [2, 2], [1, 3], [3, 1]),
        ...([upTo(20), upTo(20), upTo(20), fc.boolean(), fc.boolean(), fc.nat(1000)] as const),
        (batches, rows, inner, columns, transposeA, transposeB, seed) => {
          const [product, expected] = withoutLeaks(() =>
            tf.tidy(() => {
              const a = values([batches[0], ...(transposeA ? [inner, rows] : [rows, inner])], seed);
              const b = values([batches[1], ...(transposeB ? [columns, inner] : [inner, columns])], seed + 1);
              const left = transposeA ? tf.transpose(a, [0, 2, 1]) : a;
              const right = transposeB ? tf.transpose(b, [0, 2, 1]) : b;
              return [tf.matMul(a, b, transposeA, transposeB), tf.matMul(left, right)].map((t) => t.dataSync());
            }),
          );
          expect(deviation(product, expected)).toBeLessThan(1e-5);
        },
      ),
    );
  });

  test('tf.spaceToBatchND of images is padding, reshaping and transposing', () => {
    const pad = fc.tuple(fc.nat(3), fc.nat(3));
    fc.assert(
      fc.property(upTo(3), upTo(4), upTo(4), upTo(3), upTo(3), upTo(5), pad, pad, (n, h, w, bh, bw, c, top, left) => {
        const fill = (size: number, [before, after]: [number, number], block: number): [number, number] => {
          const missing = (block - ((size + before + after) % block)) % block;
          return [before, after + missing];
        };
        const paddings = [fill(h, top, bh), fill(w, left, bw)];
        const [actual, expected] = withoutLeaks(() =>
          tf.tidy(() => {
            const x = values([n, h, w, c], 1) as tf.Tensor4D;
            const padded = tf.pad(x, [[0, 0], ...paddings, [0, 0]]);
            const [, height, width] = padded.shape;
            const blocks = tf.reshape(padded, [n, height / bh, bh, width / bw, bw, c]);
            const apart = tf.reshape(tf.transpose(blocks, [2, 4, 0, 1, 3, 5]), [-1, height / bh, width / bw, c]);
            return [tf.spaceToBatchND(x, [bh, bw], paddings), apart].map((t) => [t.shape, Array.from(t.dataSync())]);
          }),
        );
        expect(actual).toEqual(expected);
      }),
    );
  });

  test('tf.spaceToBatchND takes tensors that are no images, too', () => {
    const apart = tf.tidy(() => tf.spaceToBatchND(tf.tensor2d([1, 2, 3, 4], [1, 4]), [2], [[0, 0]]).arraySync());
    expect(apart).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });

  test('tf.concat puts tensors one after the other along an axis, and tf.split takes them apart again', () => {
    fc.assert(
      fc.property(upTo(3), upTo(5), fc.array(upTo(6), { minLength: 1, maxLength: 3 }), upTo(4), (a, b, parts, c) => {
        const arrays = parts.map((length, i) => numbers(a * b * length * c, i + 1));
        const [joined, ...apart] = withoutLeaks(() =>
          tf.tidy(() => {
            const whole = tf.concat(
              arrays.map((array, i) => tf.tensor4d(array, [a, b, parts[i], c])),
              2,
            );
            return [whole, ...tf.split(whole, parts, -2)].map((t) => t.dataSync());
          }),
        );
        const rows = Array.from({ length: a * b }, (_, row) =>
          arrays.flatMap((array, i) => [...array.slice(row * parts[i] * c, (row + 1) * parts[i] * c)]),
        );
        expect([...joined]).toEqual(rows.flat());
        expect(apart).toEqual(arrays);
      }),
    );
  });

  test('tf.gather takes rows along any axis, for each batch its own if asked to', () => {
    fc.assert(
      fc.property(upTo(3), upTo(3), upTo(5), upTo(4), fc.boolean(), fc.nat(1000), (n, a, rows, c, batched, seed) => {
        const array = numbers(n * a * rows * c, seed);
        const indices = Array.from(numbers(2 * n, seed + 1), (value) => Math.floor(((value + 1) / 2) * rows));
        const count = batched ? 2 : 2 * n;
        const expected = Array.from({ length: n * a * count * c }, (_, i) => {
          const [image, outer] = [Math.floor(i / c / count / a), Math.floor(i / c / count) % a];
          const row = indices[(batched ? image * 2 : 0) + (Math.floor(i / c) % count)];
          return array[((image * a + outer) * rows + row) * c + (i % c)];
        });
        const taken = withoutLeaks(() =>
          tf.tidy(() => {
            const x = tf.tensor4d(array, [n, a, rows, c]);
            if (!batched) return tf.gather(x, tf.tensor1d(indices, 'int32'), 2).dataSync();
            return tf.gather(x, tf.tensor2d(indices, [n, 2], 'int32'), 2, 1).dataSync();
          }),
        );
        expect([...taken]).toEqual(expected);
      }),
    );
  });

  test('tf.gather of a row that is not there', () => {
    if (engine !== 'wasm') return;
    const x = tf.ones([3, 2]);
    expect(() => tf.gather(x, tf.tensor1d([0, 3], 'int32'))).toThrow(
      'tf.gather takes indices from 0 to 2 along axis 0 of shape [3, 2], but got 3.',
    );
    x.dispose();
  });

  test('tf.concat, tf.split and tf.gather of integers', () => {
    const values = tf.tidy(() => {
      const [a, b] = tf.split(tf.tensor2d([1, 2, 3, 4], [2, 2], 'int32'), 2, 1);
      const joined = tf.concat([b, a], 1);
      return [joined.arraySync(), tf.gather(joined, [1]).arraySync(), joined.dtype];
    });
    expect(values).toEqual([
      [
        [2, 1],
        [4, 3],
      ],
      [[4, 3]],
      'int32',
    ]);
  });

  test('tf.unsortedSegmentSum adds up the rows of each segment', () => {
    const sums = tf.tidy(() => {
      const rows = tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8], [4, 2]);
      return tf.unsortedSegmentSum(rows, tf.tensor1d([2, 0, -1, 2], 'int32'), 4).arraySync();
    });
    expect(sums).toEqual([
      [3, 4],
      [0, 0],
      [8, 10],
      [0, 0],
    ]);
  });
});
