import * as tf from '@tensorflow/tfjs';
import { setFusedKernels } from '../../src/fused-kernels';
import { loadWasm } from '../../src/wasm/load-wasm';
import { wasmFusedKernels } from '../../src/wasm/fused-kernels';

// Without it, the cpu engine advises at length to install tfjs-node.
tf.env().set('IS_TEST', true);

/** Values of what a kernel of the active engine returns; its tensors are disposed. */
export function runKernel(name: string, inputs: tf.NamedTensorMap, attributes: object): Float32Array[] {
  const outputs = tf.engine().runKernel<tf.Tensor | tf.Tensor[]>(name, inputs, attributes as tf.NamedAttrMap);
  const list = Array.isArray(outputs) ? outputs : [outputs];
  const values = list.map((t) => t.dataSync() as Float32Array);
  tf.dispose(list);
  return values;
}

/** Runs on the wasm engine and checks that it leaves neither tensors nor memory of the engine behind. */
export async function onWasm<T>(run: () => T): Promise<T> {
  if (tf.getBackend() !== 'wasm') {
    await loadWasm();
    setFusedKernels(wasmFusedKernels, true);
  }
  const count = () => [tf.memory().numTensors, tf.engine().backend.numDataIds()];
  const before = count();
  const result = run();
  expect(count()).toEqual(before);
  return result;
}
