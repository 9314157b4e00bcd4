import { getBackend, getKernel, registerKernel, unregisterKernel, type Tensor } from '@tensorflow/tfjs-core';
import { EngineError } from '@pose/tfjs-engine';

/** How such a step fails, from its beginning on. */
export const OUT_OF_MEMORY = "Out of memory: WebAssembly's heap is full.";

/**
 * From now on the backward pass of so many images finds no memory, op by op: the filter gradients of convolutions fail.
 * Those of a graph do not, which are no kernels of the engine.
 *
 * @returns what ends it
 */
export function withoutMemoryFor(images: number): () => void {
  const kernel = getKernel('Conv2DBackpropFilter', getBackend());
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
