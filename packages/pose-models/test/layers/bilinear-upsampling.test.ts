import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { countMultiplyAdds, countParameters, torchEntries } from '../../src';
import { upsampleBilinear } from '../../src/layers/bilinear-upsampling';
import { startEngine } from '../engine';

beforeAll(async () => {
  await startEngine();
});

const CHANNELS = 3;

function upsampling(from: [number, number], to: [number, number]): tfl.LayersModel {
  const input = tfl.input({ shape: [...from, CHANNELS] });
  return tfl.model({ inputs: input, outputs: upsampleBilinear(input, 'up', to) });
}

/** Pixel by pixel: the four inputs around the position that aligned corners give. */
function plain(image: number[][][], [height, width]: [number, number]): number[] {
  const result: number[] = [];
  const at = (out: number, size: number, n: number) => {
    const position = size > 1 ? (out * (n - 1)) / (size - 1) : 0;
    const low = Math.min(Math.floor(position), n - 1);
    return { low, high: Math.min(low + 1, n - 1), share: position - low };
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const row = at(y, height, image.length);
      const column = at(x, width, image[0].length);
      for (let c = 0; c < CHANNELS; c++) {
        const along = (r: number) =>
          image[r][column.low][c] * (1 - column.share) + image[r][column.high][c] * column.share;
        result.push(along(row.low) * (1 - row.share) + along(row.high) * row.share);
      }
    }
  }
  return result;
}

test.each([
  [
    [4, 3],
    [8, 6],
  ],
  [
    [1, 1],
    [2, 2],
  ],
  [
    [2, 1],
    [4, 2],
  ],
  [
    [5, 2],
    [7, 9],
  ],
  [
    [3, 4],
    [3, 4],
  ],
  [
    [3, 4],
    [1, 2],
  ],
] as [[number, number], [number, number]][])(
  'upsampleBilinear(x, name, size) from %j to %j takes corners to corners',
  (from, to) => {
    const model = upsampling(from, to);
    const x = tf.randomNormal([2, ...from, CHANNELS], 0, 1, 'float32', 1) as tf.Tensor4D;
    const y = model.predict(x) as tf.Tensor;
    expect(y.shape).toEqual([2, ...to, CHANNELS]);
    const expected = (x.arraySync() as number[][][][]).flatMap((image) => plain(image, to));
    const found = y.dataSync();
    expected.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 5));
    tf.dispose([x, y]);
    model.dispose();
  },
);

test('upsampleBilinear(...) computes the same in training, and its gradient is the transposed interpolation', () => {
  const model = upsampling([4, 3], [8, 6]);
  const x = tf.randomNormal([2, 4, 3, CHANNELS], 0, 1, 'float32', 1);
  const dy = tf.randomNormal([2, 8, 6, CHANNELS], 0, 1, 'float32', 2);
  const train = (image: tf.Tensor) => model.apply(image, { training: true }) as tf.Tensor;
  const [y, trained, dx] = tf.tidy(() => [model.predict(x) as tf.Tensor, train(x), tf.grad(train)(x, dy)]);
  const [expected, found] = [y.dataSync(), trained.dataSync()];
  expected.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 6));
  // <dy, U x> = <U' dy, x>
  const [left, right] = tf.tidy(() => [tf.sum(tf.mul(dy, y)).dataSync()[0], tf.sum(tf.mul(dx, x)).dataSync()[0]]);
  expect(left).toBeCloseTo(right, 3);
  tf.dispose([x, dy, y, trained, dx]);
  model.dispose();
});

test('the interpolation is no parameter, also after freezing and unfreezing', () => {
  const before = tf.memory().numTensors;
  const model = upsampling([4, 3], [8, 6]);
  model.trainable = false;
  model.trainable = true;
  for (const layer of model.layers) layer.trainable = true;
  expect(model.trainableWeights).toEqual([]);
  expect(model.weights.every((weight) => !(weight.read() as tf.Variable).trainable)).toBe(true);
  expect(countParameters(model)).toEqual({ total: 0, trainable: 0, unused: 0 });
  expect(countMultiplyAdds(model)).toBe(0);
  expect(torchEntries(model)).toEqual([]);
  model.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
