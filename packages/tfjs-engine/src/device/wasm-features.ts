/** One function each that uses the proposal, as tiny modules in WebAssembly's binary format. */
const PROBES = {
  // () -> v128: i8x16.popcnt (i8x16.splat 0)
  simd: [1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
  // A shared memory, and i32.atomic.load on it
  threads: [1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 4, 1, 3, 1, 1, 10, 11, 1, 9, 0, 65, 0, 254, 16, 2, 0, 26, 11],
  // () -> v128: i8x16.relaxed_swizzle (i8x16.splat 1) (i8x16.splat 2)
  'relaxed-simd': [
    1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2, 11,
  ],
};

/** `\0asm`, version 1. */
const HEADER = [0, 97, 115, 109, 1, 0, 0, 0];

/** Which of simd, threads and relaxed-simd this Node's WebAssembly has. */
export function wasmFeatures(): string[] {
  // TypeScript declares WebAssembly only together with all of the DOM.
  const { WebAssembly } = globalThis as unknown as { WebAssembly: { validate(bytes: Uint8Array): boolean } };
  return Object.entries(PROBES)
    .filter(([, module]) => WebAssembly.validate(Uint8Array.from([...HEADER, ...module])))
    .map(([feature]) => feature);
}
