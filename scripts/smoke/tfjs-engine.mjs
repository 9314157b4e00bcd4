import * as tf from '@tensorflow/tfjs-core';
import { useEngine } from '@pose/tfjs-engine';

async function main() {
  const engine = await useEngine({ prefer: 'wasm' });
  if (engine.kind !== 'wasm') throw new Error(`engine ${engine.kind}: expected wasm`);
  const image = tf.tensor4d(new Float32Array(16).fill(1), [1, 4, 4, 1]);
  const kernel = tf.variable(tf.tensor4d(new Float32Array(9).fill(1), [3, 3, 1, 1]));
  const { grads } = tf.variableGrads(() => tf.sum(tf.conv2d(image, kernel, 1, 'valid')));
  const gradient = grads[kernel.name].dataSync().join(); // a kernel that wasm itself does not have
  if (gradient !== '4,4,4,4,4,4,4,4,4') throw new Error(`gradient ${gradient}: expected nine times 4`);
}

await main();
