import { backend, getBackend } from '@tensorflow/tfjs-core';
import { outOfMemory } from './engine-error';
import { heapIsFull } from './wasm/heap-limit';
import type { BackendWasm } from './wasm/wasm-backend';

/** How TensorFlow words that it found no memory: its op status, and what the C++ library throws. */
const TENSORFLOW_OUT_OF_MEMORY = /OOM when allocating tensor|RESOURCE_?EXHAUSTED|std::bad_alloc/i;

/**
 * Puts an error that stands for a lack of memory into words that help: TensorFlow reports a tensor that it could not
 * allocate, V8 an array; a WebAssembly kernel whose own working memory is refused ends in "Aborted()" or "memory access
 * out of bounds".
 *
 * @param error  what a computation on the active engine threw
 * @returns an EngineError that says what to do, with `error` as its cause; any other error as it is
 */
export function explainOutOfMemory(error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error);
  if (TENSORFLOW_OUT_OF_MEMORY.test(message)) {
    const shape = /shape ?\[[\d,]+\]/.exec(message)?.[0];
    return outOfMemory(`TensorFlow could not allocate a tensor${shape ? ` of ${shape}` : ''}`, error);
  }
  if (message === 'Array buffer allocation failed') return outOfMemory('Node.js could not allocate an array', error);
  const isTrap = error instanceof Error && error.name === 'RuntimeError';
  if (isTrap && getBackend() === 'wasm' && heapIsFull(backend() as BackendWasm)) {
    return outOfMemory('a WebAssembly kernel failed while the heap was near its limit of 4 GiB', error);
  }
  return error;
}
