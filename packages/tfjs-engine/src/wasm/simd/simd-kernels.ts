import { relaxedSimdKernelsBase64, simdKernelsBase64 } from './kernels.generated';

type Numbers<Count extends number, List extends number[] = []> = List['length'] extends Count
  ? List
  : Numbers<Count, [...List, number]>;

/** The exports of assembly/, which names and explains their parameters; arrays are byte offsets into the memory. */
export interface SimdKernels {
  adamStep(...parameters: Numbers<11>): void;
  channelMoments(...parameters: Numbers<6>): void;
  normalize(...parameters: Numbers<10>): void;
  normalizeGradient(...parameters: Numbers<12>): void;
  relu(count: number, x: number, y: number): void;
  reluGradient(count: number, dy: number, y: number, dx: number): void;
  convolution(...parameters: Numbers<20>): void;
  transpose(source: number, rows: number, columns: number, target: number): void;
  filterGradient(...parameters: Numbers<16>): void;
  packPanels(...parameters: Numbers<8>): void;
  maxPoolGradient(...parameters: Numbers<15>): void;
  copyPhase(...parameters: Numbers<16>): void;
  copyRows(...parameters: Numbers<6>): void;
  resizeBilinearGradient(...parameters: Numbers<11>): void;
  depthwiseInputGradient(...parameters: Numbers<17>): void;
  depthwiseFilterGradient(...parameters: Numbers<17>): void;
}

/** A WebAssembly.Memory, as far as it is needed here. */
export interface HeapMemory {
  buffer: ArrayBufferLike;
}

/** The part of the WebAssembly API that is used here: TypeScript declares it only together with all of the DOM. */
interface WebAssemblyApi {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: { env: { memory: HeapMemory } }) => { exports: object };
}

/**
 * The SIMD kernels, working in place on a memory that another module owns: they have no data of their own in it. Where
 * WebAssembly has relaxed SIMD (Node.js 22 and later), products of the convolutions are added without rounding first.
 *
 * @returns undefined where the machine's WebAssembly has no SIMD, or the memory is shared between threads
 */
export function simdKernels(memory: HeapMemory): SimdKernels | undefined {
  const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };
  const bytes = [relaxedSimdKernelsBase64, simdKernelsBase64]
    .map((base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)))
    .find((module) => WebAssembly.validate(module));
  const shared = Object.prototype.toString.call(memory.buffer) === '[object SharedArrayBuffer]';
  if (shared || !bytes) return undefined;
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } }).exports as SimdKernels;
}
