import { getBackend, getKernel, registerKernel, unregisterKernel, type Tensor } from '@tensorflow/tfjs-core';
import { EngineError } from '@pose/tfjs-engine';

/** What a step fails with then. */
export const OUT_OF_MEMORY = "Out of memory: WebAssembly's heap is full.";

/**
 * From now on a kernel finds no memory where it is given so many images, by default one of the backward pass. Only op by
 * op: graphs have no kernels of the engine.
 *
 * @returns what ends it
 */
export function withoutMemoryFor(images: number, name = 'Conv2DBackpropFilter'): () => void {
  const kernel = getKernel(name, getBackend());
  const replace = (kernelFunc: typeof kernel.kernelFunc): void => {
    unregisterKernel(kernel.kernelName, kernel.backendName);
    registerKernel({ ...kernel, kernelFunc });
  };
  replace((params) => {
    if ((params.inputs['x'] as Tensor).shape[0] === images) throw new EngineError(OUT_OF_MEMORY);
    return kernel.kernelFunc(params);
  });
  return () => replace(kernel.kernelFunc);
}
