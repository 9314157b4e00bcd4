import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs';
import { loadWasm } from '../../src/wasm/load-wasm';
import { HelperThread } from '../../src/wasm/parallel/helper-thread';
import { deviation } from '../support/numbers';
import { splitConvolutions } from '../../src/wasm/parallel/split-batch';

/** Large enough to be worth splitting, with odd batches, so that the halves differ. */
const CASES = [
  { batch: 3, size: [20, 18], channels: [16, 24], kernel: 3, stride: 1, pad: 'same' },
  { batch: 5, size: [33, 31], channels: [3, 32], kernel: 7, stride: 2, pad: 'valid' },
  { batch: 7, size: [32, 24], channels: [32, 64], kernel: 1, stride: 2, pad: 'valid' },
] as const;

type Case = (typeof CASES)[number];

function values(length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin(i * 12.9898) * 0.5);
}

/** Output of a convolution with bias, and the gradients of its weighted sum. */
function convolve({ batch, size, channels: [input, output], kernel, stride, pad }: Case): number[][] {
  return tf.tidy(() => {
    const x = tf.tensor4d(values(batch * size[0] * size[1] * input), [batch, ...size, input]);
    const filter = tf.tensor4d(values(kernel * kernel * input * output), [kernel, kernel, input, output]);
    const bias = tf.tensor1d(values(output));
    const conv = (a: tf.Tensor, f: tf.Tensor, b: tf.Tensor) =>
      tf.fused.conv2d({ x: a as tf.Tensor4D, filter: f as tf.Tensor4D, strides: stride, pad, bias: b });
    const { grads } = tf.valueAndGrads((a, f, b) => {
      const y = conv(a, f, b);
      return tf.sum(tf.mul(y, tf.tensor(values(y.size), y.shape)));
    })([x, filter, bias]);
    return [conv(x, filter, bias), ...grads].map((tensor) => Array.from(tensor.dataSync()));
  });
}

let whole: number[][][];
let split: number[][][];
let calls = 0;

beforeAll(async () => {
  await loadWasm();
  whole = CASES.map(convolve);
  const helper = await HelperThread.start(path.join(__dirname, '../../dist/kernel-helper.cjs'));
  const begin = helper.begin.bind(helper);
  helper.begin = (...args) => {
    calls++;
    begin(...args);
  };
  splitConvolutions(helper);
  split = CASES.map(convolve);
});

test('every convolution kernel of the cases goes to the helper thread', () => {
  // Per case: the forward pass twice, the input's and the filter's gradient.
  expect(calls).toBe(CASES.length * 4);
});

test.each(CASES.map((_, i) => i))('case %i: a batch shared with the helper thread gives what one thread gives', (i) => {
  split[i].forEach((actual, part) => {
    expect(actual).toHaveLength(whole[i][part].length);
    expect(deviation(actual, whole[i][part])).toBeLessThan(1e-5);
  });
});

test('repeated calls leave no tensor and no data behind', () => {
  const before = tf.memory().numTensors;
  const data = (tf.backend() as unknown as { numDataIds(): number }).numDataIds();
  for (let i = 0; i < 25; i++) convolve(CASES[2]);
  expect(tf.memory().numTensors).toBe(before);
  expect((tf.backend() as unknown as { numDataIds(): number }).numDataIds()).toBe(data);
});

test('a kernel that fails in the helper thread says so, and the next one works', async () => {
  const helper = await HelperThread.start(path.join(__dirname, '../../dist/kernel-helper.cjs'));
  helper.begin('NoSuchKernel', {}, {}, 1);
  expect(() => helper.finish()).toThrow(/A kernel failed in a helper thread: .+/);
  helper.begin('Relu', { x: { values: new Float32Array([-1, 2]), shape: [2] } }, {}, 2);
  expect(Array.from(helper.finish())).toEqual([0, 2]);
});
