import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { shuffleChannels } from '../../src/layers/shuffle-channels';
import { halves, splitChannels, splitWhereTiled } from '../../src/layers/split-channels';
import { startEngine } from '../engine';

beforeAll(async () => {
  await startEngine();
});

const image = (channels: number) => tf.reshape(tf.range(0, 2 * 3 * channels), [1, 2, 3, channels]) as tf.Tensor4D;

function splitting(sizes: number[]): tfl.LayersModel {
  const input = tfl.input({ shape: [2, 3, sizes.reduce((a, b) => a + b)] });
  return tfl.model({ inputs: input, outputs: splitChannels(input, 'split', sizes) });
}

const values = (tensors: tf.Tensor | tf.Tensor[]) => [tensors].flat().map((tensor) => Array.from(tensor.dataSync()));

test('splitChannels(x, name, sizes) cuts as tf.split does, time and again, and keeps nothing', () => {
  const model = splitting([2, 3, 1]);
  const x = image(6);
  const expected = tf.tidy(() => values(tf.split(x, [2, 3, 1], 3)));
  const before = tf.memory().numTensors;
  for (let i = 0; i < 2; i++) tf.tidy(() => expect(values(model.apply(x) as tf.Tensor[])).toEqual(expected));
  tf.dispose(model.predict(x));
  expect(tf.memory().numTensors).toBe(before);
  tf.dispose(x);
  model.dispose();
});

test('one part alone is the same as with all', () => {
  const model = splitting([2, 3, 1]);
  const part = tfl.model({ inputs: model.inputs, outputs: model.outputs[1] });
  const x = image(6);
  const before = tf.memory().numTensors;
  for (let i = 0; i < 2; i++) {
    tf.tidy(() => expect(values(part.predict(x) as tf.Tensor)).toEqual([values(tf.split(x, [2, 3, 1], 3))[1]]));
  }
  expect(tf.memory().numTensors).toBe(before);
  tf.dispose(x);
  model.dispose();
});

test("splitWhereTiled(layers, channels) leaves tf.layers' own layers alone that do not cut all of an image", () => {
  const crop = (left: number, right: number) =>
    tfl.layers.cropping2D({
      cropping: [
        [0, 0],
        [left, right],
      ],
      dataFormat: 'channelsFirst',
    });
  const own = crop(0, 3).call;
  for (const [layers, together] of [
    [[crop(0, 4), crop(2, 0)], true],
    [[crop(2, 0), undefined, tfl.layers.reLU(), crop(0, 4)], true],
    [[crop(0, 4), crop(3, 0)], false],
    [[crop(0, 4), crop(1, 0)], false],
    [[crop(0, 4)], false],
    [[], false],
  ] as [(tfl.layers.Layer | undefined)[], boolean][]) {
    splitWhereTiled(layers, 6);
    for (const layer of layers) {
      if (layer?.getClassName() === 'Cropping2D') expect(layer.call === own).toBe(!together);
    }
  }
});

test('shuffleChannels(...halves(x, name), name) takes channels of both halves in turn', () => {
  const input = tfl.input({ shape: [2, 3, 6] });
  const [first, second] = halves(input, 'split');
  const model = tfl.model({ inputs: input, outputs: shuffleChannels(first, second, 'shuffle') });
  const x = image(6);
  const y = model.predict(x) as tf.Tensor;
  expect(Array.from(y.dataSync().slice(0, 12))).toEqual([0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11]);
  tf.dispose([x, y]);
  model.dispose();
});
