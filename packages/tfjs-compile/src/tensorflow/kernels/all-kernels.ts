import { activationKernels } from './activation';
import { batchNormKernels } from './batch-norm';
import { convolutionKernels } from './convolutions';
import { depthwiseKernels } from './depthwise';
import { elementwiseKernels } from './elementwise';
import type { Emit } from './emission';
import { gatherKernels } from './gather';
import { localResponseKernels } from './local-response';
import { madeKernels } from './made';
import { poolingKernels } from './pooling';
import { productKernels } from './products';
import { reductionKernels } from './reductions';
import { resizeKernels } from './resize';
import { scatterKernels } from './scatter';
import { shapeKernels } from './shapes';

/** TensorFlow.js' kernels and how TensorFlow computes them. */
export const ALL_KERNELS: ReadonlyMap<string, Emit> = new Map(
  [
    ...[activationKernels, batchNormKernels, convolutionKernels, depthwiseKernels, elementwiseKernels, gatherKernels],
    ...[localResponseKernels, madeKernels, poolingKernels, productKernels, reductionKernels, resizeKernels],
    ...[scatterKernels, shapeKernels],
  ].flatMap((kernels) => Object.entries(kernels)),
);
