import { resolve } from 'node:path';
import { runNode } from '../support/project';

const SCRIPT = `
  const tf = require('@tensorflow/tfjs-core');
  const { useEngine, explainOutOfMemory } = require('@pose/tfjs-engine');
  (async () => {
    try {
      await useEngine({ prefer: 'native' });
    } catch (error) {
      return { left: error.message };
    }
    try {
      tf.tile(tf.ones([1, 1]), [1e6, 4e6]); // 15 TiB
      return {};
    } catch (error) {
      const { name, message, cause } = explainOutOfMemory(error);
      return { name, message, caused: cause === error };
    }
  })().then((result) => console.log(JSON.stringify(result)));`;

test('a tensor that TensorFlow cannot allocate is an EngineError that says what to do, where TensorFlow is here', async () => {
  const { stdout, stderr } = await runNode(resolve(__dirname, '../..'), ['-e', SCRIPT], { CUDA_VISIBLE_DEVICES: '' });
  if (!stdout) throw new Error(stderr);
  const { left, ...error } = JSON.parse(stdout) as { left?: string; name?: string; message?: string; caused?: boolean };
  if (left !== undefined) {
    console.info(`Left out: ${left}`);
    return;
  }
  expect(error).toMatchObject({ name: 'EngineError', caused: true });
  expect(error.message).toMatch(/^Out of memory: .* of shape\[1000000,4000000\]\. Use a smaller batch \(--batch\)/);
});
