import { outOfMemory } from '../engine-error';
import type { BackendWasm } from './wasm-backend';

/** Where the heap of tfjs' WebAssembly build ends: 32-bit addresses, less one page of 64 KiB. */
const LIMIT = 2 ** 32 - 2 ** 16;

/** tfjs' WebAssembly module, as far as it is needed here; its types leave the heap out. */
interface Heap {
  HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(address: number): void;
}

function heapOf(backend: BackendWasm): Heap {
  return backend.wasm as unknown as Heap;
}

/**
 * Makes an allocation that fails an EngineError. tfjs takes malloc's 0 for an address and writes there, over the
 * module's own data; sooner or later something else fails then.
 */
export function guardAllocations(backend: BackendWasm): void {
  const heap = heapOf(backend);
  heap._free(heap._malloc(1)); // The first call replaces `_malloc` itself.
  const malloc = heap._malloc;
  heap._malloc = (bytes) => {
    // A number of bytes from 4 GiB on would be cut to its lower 32 bits.
    const address = bytes > LIMIT ? 0 : malloc(bytes);
    if (address === 0 && bytes > 0) {
      const [wanted, held] = [bytes, heap.HEAPU8.length].map((count) => `${(count / 2 ** 20).toFixed(0)} MiB`);
      throw outOfMemory(`WebAssembly's heap, which holds ${held} and ends at 4 GiB, has no ${wanted} in one piece`);
    }
    return address;
  };
}

/** Whether the heap is so near its limit that a kernel's working memory, hundreds of MiB in one piece, may not fit. */
export function heapIsFull(backend: BackendWasm): boolean {
  return heapOf(backend).HEAPU8.length > 0.75 * LIMIT;
}
