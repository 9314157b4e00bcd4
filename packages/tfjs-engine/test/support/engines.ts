import * as tf from '@tensorflow/tfjs';
import type { EngineKind } from '../../src/engine-info';

// Without it, the cpu engine advises at length to install tfjs-node.
tf.env().set('IS_TEST', true);

/** The engines that npm alone provides; with POSE_ENGINE=native TensorFlow's own, which cannot run beside the others. */
export const ENGINES: EngineKind[] = process.env.POSE_ENGINE === 'native' ? ['native'] : ['wasm', 'cpu'];

/** Runs on the active engine and checks that it leaves neither tensors nor memory of the engine behind. */
export function withoutLeaks<T>(run: () => T): T {
  const count = () => [tf.memory().numTensors, tf.engine().backend.numDataIds()];
  const before = count();
  const result = run();
  expect(count()).toEqual(before);
  return result;
}
