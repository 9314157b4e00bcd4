import * as tf from '@tensorflow/tfjs';
import { profileKernels, SelfTimes } from '../../src/bench/kernel-profile';
import { onWasm } from '../support/wasm';

test('SelfTimes counts each moment once: for the innermost call', () => {
  let now = 0;
  const clock = new SelfTimes(() => now);
  const result = clock.run('outer', () => {
    now += 1;
    clock.run('inner', () => (now += 10));
    now += 2;
    clock.run('inner', () => {
      now += 20;
      clock.run('innermost', () => (now += 100));
      clock.run('outer', () => (now += 4));
    });
    now += 3;
    return 'result';
  });
  expect(result).toBe('result');
  const times = Object.fromEntries(clock.times().map(({ name, calls, milliseconds }) => [name, [calls, milliseconds]]));
  expect(times).toEqual({ outer: [2, 1 + 2 + 3 + 4], inner: [2, 10 + 20], innermost: [1, 100] });
});

test('SelfTimes takes a call that throws off its stack', () => {
  let now = 0;
  const clock = new SelfTimes(() => now);
  const fail = () =>
    clock.run('failing', () => {
      now += 5;
      throw new Error('on purpose');
    });
  expect(() => clock.run('outer', fail)).toThrow('on purpose');
  clock.run('after', () => (now += 1));
  const times = Object.fromEntries(clock.times().map(({ name, milliseconds }) => [name, milliseconds]));
  expect(times).toEqual({ outer: 0, failing: 5, after: 1 });
});

test('profileKernels finds the kernels of a step and leaves the engine as it was', async () => {
  await onWasm(() => {
    const before = tf.getKernelsForBackend('wasm');
    const [x, filter] = [tf.ones([1, 8, 8, 4]), tf.ones([3, 3, 4, 4])] as [tf.Tensor4D, tf.Tensor4D];
    const step = () =>
      tf.tidy(() => {
        tf.grads((a, b) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, 'same').sum())([x, filter]);
      });
    const { kernels, milliseconds, outsideMilliseconds } = profileKernels(step);
    const calls = Object.fromEntries(kernels.map((kernel) => [kernel.name, kernel.calls]));
    expect(calls).toMatchObject({ Conv2D: 1, Conv2DBackpropInput: 1, Conv2DBackpropFilter: 1 });
    expect(kernels).toEqual([...kernels].sort((a, b) => b.milliseconds - a.milliseconds));
    const sum = kernels.reduce((total, kernel) => total + kernel.milliseconds, outsideMilliseconds);
    expect(sum).toBeCloseTo(milliseconds, 6);
    expect(outsideMilliseconds).toBeGreaterThan(0);
    expect(kernels.every((kernel) => kernel.milliseconds >= 0)).toBe(true);
    expect(new Set(tf.getKernelsForBackend('wasm'))).toEqual(new Set(before));
    tf.dispose([x, filter]);
  });
});
