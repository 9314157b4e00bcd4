import * as tf from '@tensorflow/tfjs';
import { useEngine } from '../../src/use-engine';
import { ENGINES } from '../support/engines';
import { gradientErrors, type Op } from '../support/gradient-check';

/** What published pose networks are made of, apart from convolution, pooling and resizing. Shapes are [1, height, width, channels]. */
const OPS: Record<string, Op> = {
  'channel shuffle (ShuffleNet, Lite-HRNet)': {
    shapes: [[1, 2, 3, 6]],
    op: (x) => tf.reshape(tf.transpose(tf.reshape(x, [1, 2, 3, 2, 3]), [0, 1, 2, 4, 3]), [1, 2, 3, 6]),
    obvious: (x) => x.map((_, i) => x[i - (i % 6) + ((i % 6) % 2) * 3 + Math.floor((i % 6) / 2)]),
  },
  'split, one half weighted by the sigmoid of the other, concat (Lite-HRNet)': {
    shapes: [[1, 2, 3, 4]],
    op: (x) => {
      const [a, b] = tf.split(x, 2, 3);
      return tf.concat([tf.mul(a, tf.sigmoid(b)), b], 3);
    },
    obvious: (x) => x.map((v, i) => (i % 4 < 2 ? v / (1 + Math.exp(-x[i + 2])) : v)),
  },
  'mean over all pixels (squeeze and excitation)': {
    shapes: [[1, 2, 3, 2]],
    op: (x) => tf.mean(x, [1, 2]),
    obvious: (x) => new Float64Array(2).map((_, c) => x.filter((_v, i) => i % 2 === c).reduce((a, b) => a + b) / 6),
  },
  'adaptive average pooling to 2x1 (Lite-HRNet)': {
    shapes: [[1, 4, 3, 1]],
    op: (x) => tf.avgPool(x as tf.Tensor4D, [2, 3], [2, 3], 'valid'),
    obvious: (x) => new Float64Array(2).map((_, row) => x.slice(row * 6, row * 6 + 6).reduce((a, b) => a + b) / 6),
  },
  'max pooling, doubled by nearest neighbours, added (Stacked Hourglass)': {
    shapes: [[1, 2, 4, 1]],
    op: (x) => tf.add(x, tf.image.resizeNearestNeighbor(tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid'), [2, 4])),
    obvious: (x) => x.map((v, i) => v + Math.max(...[0, 1, 4, 5].map((k) => x[(i % 4 < 2 ? 0 : 2) + k]))),
  },
  'relu and max pooling (VGG)': {
    shapes: [[1, 2, 2, 1]],
    op: (x) => tf.maxPool(tf.relu(x) as tf.Tensor4D, 2, 2, 'valid'),
    obvious: (x) => Float64Array.of(Math.max(0, ...x)),
  },
  'dense with tanh (localisation network)': {
    shapes: [
      [2, 3],
      [3, 2],
    ],
    op: (x, weights) => tf.tanh(tf.matMul(x, weights)),
    obvious: (x, weights) =>
      new Float64Array(4).map((_, i) =>
        Math.tanh([0, 1, 2].reduce((sum, k) => sum + x[Math.floor(i / 2) * 3 + k] * weights[k * 2 + (i % 2)], 0)),
      ),
  },
  'bilinear sampling of 4 points in an image of 3x3 (spatial transformer)': {
    shapes: [
      [9, 2],
      [4, 2],
    ],
    op: sampleGrid,
    obvious: (image, points) =>
      new Float64Array(8).map((_, i) => {
        const [y, x] = [0, 1].map((axis) => 1 + 1.4 * points[Math.floor(i / 2) * 2 + axis]);
        const [top, left] = [Math.floor(y), Math.floor(x)];
        const pixel = (row: number, column: number) =>
          row < 0 || row > 2 || column < 0 || column > 2 ? 0 : image[(row * 3 + column) * 2 + (i % 2)];
        const upper = pixel(top, left) * (left + 1 - x) + pixel(top, left + 1) * (x - left);
        const lower = pixel(top + 1, left) * (left + 1 - x) + pixel(top + 1, left + 1) * (x - left);
        return upper * (top + 1 - y) + lower * (y - top);
      }),
  },
  'rows gathered along the second axis, some of them twice': {
    shapes: [[2, 3, 2]],
    op: (x) => tf.gather(x, tf.tensor1d([2, 0, 2], 'int32'), 1),
    obvious: (x) => Float64Array.from([4, 5, 0, 1, 4, 5, 10, 11, 6, 7, 10, 11], (i) => x[i]),
  },
  'both operands of tf.matMul transposed, in batches': {
    shapes: [
      [2, 3, 2],
      [2, 4, 3],
    ],
    op: (a, b) => tf.matMul(a, b, true, true),
    obvious: (a, b) =>
      new Float64Array(16).map((_, i) => {
        const [n, row, column] = [Math.floor(i / 8), Math.floor(i / 4) % 2, i % 4];
        return [0, 1, 2].reduce((sum, k) => sum + a[n * 6 + k * 2 + row] * b[n * 12 + column * 3 + k], 0);
      }),
  },
};

/** Pixels beyond the image are 0; points [4, 2] in (-1, 1) are spread over the image and a little beyond it. */
function sampleGrid(image: tf.Tensor, points: tf.Tensor): tf.Tensor {
  const [y, x] = tf.split(tf.add(1, tf.mul(1.4, points)), 2, 1);
  const [top, left] = [tf.floor(y), tf.floor(x)];
  const corners = [0, 1].flatMap((down) =>
    [0, 1].map((right) => {
      const [row, column] = [tf.add(top, down), tf.add(left, right)];
      const inside = tf.logicalAnd(
        tf.logicalAnd(tf.greater(row, -1), tf.less(row, 3)),
        tf.logicalAnd(tf.greaterEqual(column, 0), tf.lessEqual(column, 2)),
      );
      const index = tf.add(tf.mul(tf.clipByValue(row, 0, 2), 3), tf.clipByValue(column, 0, 2));
      const pixels = tf.gather(image, tf.cast(tf.reshape(index, [4]), 'int32'));
      const weight = tf.mul(tf.sub(1, tf.abs(tf.sub(y, row))), tf.sub(1, tf.abs(tf.sub(x, column))));
      return tf.mul(pixels, tf.mul(weight, tf.cast(inside, 'float32')));
    }),
  );
  return tf.addN(corners);
}

describe.each(ENGINES)('on %s, output and gradients equal plain formulas and their central differences:', (engine) => {
  beforeAll(() => useEngine({ prefer: engine }));

  test.each(Object.entries(OPS))('%s', (_, op) => {
    for (const seed of [1, 2, 3]) expect(Math.max(...gradientErrors(op, seed))).toBeLessThan(1e-5);
  });

  test('a mask of comparisons lets no gradient through, and stops none', () => {
    const masks: ((a: tf.Tensor, b: tf.Tensor) => tf.Tensor)[] = [
      ...[tf.greater, tf.greaterEqual, tf.less, tf.lessEqual, tf.equal, tf.notEqual],
      (a, b) => tf.logicalNot(tf.logicalOr(tf.less(a, b), tf.equal(a, 0))),
    ];
    for (const mask of masks) {
      const masked = (a: tf.Tensor, b: tf.Tensor) => tf.where(mask(a, b), tf.mul(a, b), tf.zerosLike(a));
      const [kept, da, db] = tf.tidy(() => {
        const [a, b] = [tf.tensor1d([-1, 0, 1, 2]), tf.tensor1d([1])];
        const weights = tf.cast(mask(a, b), 'float32');
        return [weights, ...tf.grads(masked)([a, b])].map((t) => Array.from(t.dataSync()));
      });
      expect(da).toEqual(kept);
      expect(db).toEqual([[-1, 0, 1, 2].reduce((sum, value, i) => sum + value * kept[i], 0)]);
    }
  });
});
