import { availableParallelism } from 'node:os';
import type { InferenceSession } from 'onnxruntime-node';
import { CompileError, messageOf } from '../compile-error';
import { IDLE_OPTIMIZERS } from './idle-optimizers';

/** The part of ONNX Runtime that runs a graph: on the CPU; on a GPU through WebGPU (Vulkan, Metal, Direct3D 12) or CUDA. */
export const ONNX_PROVIDERS = ['cpu', 'webgpu', 'cuda'] as const;
export type OnnxProvider = (typeof ONNX_PROVIDERS)[number];

/** What a GPU's provider lacks, the CPU's does. */
export function sessionOptions(provider: OnnxProvider): InferenceSession.SessionOptions {
  return {
    executionProviders: provider === 'cpu' ? ['cpu'] : [provider, 'cpu'],
    // One per core, as a number: by its own choice it ties them to cores, where they wait for data loading's threads.
    intraOpNumThreads: availableParallelism(),
    graphOptimizationLevel: 'all',
    enableCpuMemArena: true,
    enableMemPattern: false, // no faster here, and half as much memory again for large batches
    logSeverityLevel: 3, // errors
    extra: {
      // Threads wait for the next operator by spinning, and not beyond the run: then they would take cores from data loading.
      session: { force_spinning_stop: '1' },
      optimization: { disable_specified_optimizers: IDLE_OPTIMIZERS.join(';') },
    },
  };
}

const WHAT_TO_DO: Readonly<Record<OnnxProvider, string>> = {
  cpu: '',
  webgpu:
    ' WebGPU needs a GPU with a driver for Vulkan (on Linux with the loader, libvulkan1), Metal or Direct3D 12; ' +
    "without one, take the runtime 'onnx'.",
  cuda:
    " CUDA needs ONNX Runtime's CUDA provider, which onnxruntime-node's install script fetches on Linux, and CUDA and " +
    "cuDNN 9 on the library path; without them, take the runtime 'onnx' or 'onnx-webgpu'.",
};

/** For a session that ONNX Runtime does not create. */
export function sessionError(provider: OnnxProvider, error: unknown): CompileError {
  // Of the source file and the failed condition, only the reason is for users.
  const reason = messageOf(error)
    .replace(/^.*was false\. /s, '')
    .trim()
    .replace(/\.?$/, '.');
  return new CompileError(`ONNX Runtime does not take the graph: ${reason}${WHAT_TO_DO[provider]}`, { cause: error });
}
