import { CONVOLUTION_CASES } from './convolution-cases';
import { ELEMENTWISE_CASES } from './elementwise-cases';
import { IMAGE_CASES } from './image-cases';
import { INDEX_CASES } from './index-cases';
import type { KernelCase } from './kernel-case';
import { REDUCTION_CASES } from './reduction-cases';
import { SHAPE_CASES } from './shape-cases';

/** Every kernel that can be compiled, with its edge cases. */
export const KERNEL_CASES: readonly KernelCase[] = [
  ...[ELEMENTWISE_CASES, REDUCTION_CASES, SHAPE_CASES, INDEX_CASES, CONVOLUTION_CASES, IMAGE_CASES].flat(),
];
