import * as tf from '@tensorflow/tfjs';
import { NATIVE_PACKAGES } from '../../src/native/find-native';
import { loadNative } from '../../src/native/load-native';
import { deviation, numbers } from '../support/numbers';
import { batchNormGradientTwin, batchNormTwin } from '../support/twins';
import { runKernel } from '../support/wasm';

test('FusedBatchNormV3 and its gradient equal the formulas, where TensorFlow is here', async () => {
  const states: string[] = [];
  for (const name of NATIVE_PACKAGES) {
    const native = await loadNative(name);
    states.push(native.state);
    if (native.state === 'loaded') break;
  }
  if (!tf.getKernel('BatchNormTrain', 'tensorflow')) {
    console.info(
      `Left out: no TensorFlow on the CPU (${NATIVE_PACKAGES.map((name, i) => `${name}: ${states[i]}`).join(', ')}).`,
    );
    return;
  }
  const shape: [number, number, number, number] = [3, 5, 4, 6];
  const [x, dy, scale, offset] = [numbers(360, 1), numbers(360, 2), numbers(6, 3), numbers(6, 4)];
  const { y, mean, variance } = batchNormTwin(x, scale, offset, 1e-5);
  const before = tf.memory().numTensors;
  const t = { x: tf.tensor4d(x, shape), scale: tf.tensor1d(scale), offset: tf.tensor1d(offset) };
  const moments = { mean: tf.tensor1d(mean), variance: tf.tensor1d(variance), dy: tf.tensor4d(dy, shape) };
  const forward = runKernel('BatchNormTrain', t, { epsilon: 1e-5 });
  [y, mean, variance].forEach((expected, i) => expect(deviation(forward[i], expected)).toBeLessThan(1e-6));
  const backward = runKernel('BatchNormTrainGrad', { ...moments, x: t.x, scale: t.scale }, { epsilon: 1e-5 });
  const { dx, dScale, dOffset } = batchNormGradientTwin(dy, x, scale, 1e-5);
  [dx, dScale, dOffset].forEach((expected, i) => expect(deviation(backward[i], expected)).toBeLessThan(1e-5));
  tf.dispose([t, moments]);
  expect(tf.memory().numTensors).toBe(before);
});
