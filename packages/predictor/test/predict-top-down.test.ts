import * as tf from '@tensorflow/tfjs-core';
import { createModel, fuseLayers } from '@pose/pose-models';
import { predictTopDown } from '../src';
import { testEngine } from './engine';

beforeAll(testEngine);

test('the flip test is the mean of the maps and of those of the mirrored image, turned back and shifted by a column', async () => {
  const [width, height, K] = [8, 16, 3];
  const model = createModel('pose_resnet18', {
    inputSize: [4 * width, 4 * height],
    keypoints: K,
    width: 4,
    deconvFilters: [8, 8, 8],
    seed: 3,
  });
  const network = fuseLayers(model);
  const input = Float32Array.from({ length: 2 * 16 * width * height * 3 }, (_, i) => Math.sin(i * i));
  const options = { decoder: 'quarter', keypoints: K, flipPairs: [[1, 2]] as [number, number][] } as const;
  const tensors = tf.memory().numTensors;
  const [{ values, shape }] = await predictTopDown(network, input, { ...options, flipTest: true });
  expect(shape).toEqual([2, height, width, K]);

  // The same with tensors, of the network before its layers are fused.
  const expected = tf.tidy(() => {
    const images = tf.tensor4d(input, [2, 4 * height, 4 * width, 3]);
    const maps = model.predict(images) as tf.Tensor4D;
    const mirrored = model.predict(tf.reverse(images, 2)) as tf.Tensor4D;
    const back = tf.gather(tf.reverse(mirrored, 2), [0, 2, 1], 3);
    const shifted = tf.concat([tf.slice(back, [0, 0, 0, 0], [2, height, 1, K]), tf.slice(back, [0, 0, 0, 0], [2, height, width - 1, K])], 2); // prettier-ignore
    return tf.mul(tf.add(maps, shifted), 0.5).dataSync<'float32'>();
  });
  const largest = expected.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  expect(largest).toBeGreaterThan(0);
  const worst = values.reduce((max, value, i) => Math.max(max, Math.abs(value - expected[i])), 0);
  expect(worst / largest).toBeLessThan(1e-4);
  const [plain] = await predictTopDown(network, input, { ...options, flipTest: false });
  expect(plain.values.reduce((max, value, i) => Math.max(max, Math.abs(value - values[i])), 0)).toBeGreaterThan(0.01 * largest); // prettier-ignore
  expect(tf.memory().numTensors).toBe(tensors);
  network.dispose();
  model.dispose();
});
