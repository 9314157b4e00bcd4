// Every argument that names an array is a byte offset into the memory; src/simd/simd-kernels.ts lays it out.
export { bilinearSpan } from './bilinear-span';
export { lookUpLevels } from './look-up-levels';
