import type { Emit } from '../onnx-writer';
import { BATCH_NORM } from './batch-norm';
import { CONVOLUTION_GRADIENTS } from './convolution-gradients';
import { CONVOLUTIONS } from './convolutions';
import { ELEMENTWISE_OPERATORS } from './elementwise';
import { INDEXING } from './indexing';
import { MATRICES } from './matrices';
import { POOLING } from './pooling';
import { REDUCTIONS } from './reductions';
import { RESIZING } from './resizing';
import { SHAPES } from './shapes';

/** How to write each TensorFlow.js kernel as ONNX operators. */
export const OPERATORS: Readonly<Record<string, Emit | undefined>> = {
  ...BATCH_NORM,
  ...CONVOLUTION_GRADIENTS,
  ...CONVOLUTIONS,
  ...ELEMENTWISE_OPERATORS,
  ...INDEXING,
  ...MATRICES,
  ...POOLING,
  ...REDUCTIONS,
  ...RESIZING,
  ...SHAPES,
};
