import type { Emit } from '../onnx-writer';
import { BATCH_NORM } from './batch-norm';
import { BLOCKS } from './blocks';
import { CONVOLUTION_GRADIENTS } from './convolution-gradients';
import { CONVOLUTIONS } from './convolutions';
import { CROPPING } from './cropping';
import { CUMULATIVE } from './cumulative';
import { ELEMENTWISE_OPERATORS } from './elementwise';
import { INDEXING } from './indexing';
import { LOCAL_RESPONSE } from './local-response';
import { MATRICES } from './matrices';
import { PADDING } from './padding';
import { POOLING } from './pooling';
import { REDUCTIONS } from './reductions';
import { RESIZING } from './resizing';
import { SCATTERING } from './scattering';
import { SHAPES } from './shapes';
import { SLICING } from './slicing';

/** How to write each TensorFlow.js kernel as ONNX operators. */
export const OPERATORS: Readonly<Record<string, Emit | undefined>> = {
  ...BATCH_NORM,
  ...BLOCKS,
  ...CONVOLUTION_GRADIENTS,
  ...CONVOLUTIONS,
  ...CROPPING,
  ...CUMULATIVE,
  ...ELEMENTWISE_OPERATORS,
  ...INDEXING,
  ...LOCAL_RESPONSE,
  ...MATRICES,
  ...PADDING,
  ...POOLING,
  ...REDUCTIONS,
  ...RESIZING,
  ...SCATTERING,
  ...SHAPES,
  ...SLICING,
};
