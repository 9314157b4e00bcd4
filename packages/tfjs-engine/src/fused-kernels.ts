import { getKernel, registerKernel, unregisterKernel, type KernelConfig } from '@tensorflow/tfjs-core';

/**
 * Registers an engine's fused kernels, or takes them away: what asks for one composes the same of elementary
 * ops where there is none.
 */
export function setFusedKernels(kernels: readonly KernelConfig[], on: boolean): void {
  for (const kernel of kernels) {
    const { kernelName, backendName } = kernel;
    const registered = getKernel(kernelName, backendName) !== undefined;
    if (on && !registered) registerKernel(kernel);
    if (!on && registered) unregisterKernel(kernelName, backendName);
  }
}
