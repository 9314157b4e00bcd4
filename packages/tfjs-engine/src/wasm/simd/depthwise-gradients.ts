import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { DepthwiseLoops } from '../../loop-kernels/depthwise-grads';
import type { DepthwiseGeometry } from '../../loops/depthwise-gradient';
import type { BackendWasm } from '../wasm-backend';
import { plainLoops } from './plain-loops';
import type { SimdKernels } from './simd-kernels';

/** The SIMD kernels, which know one output channel per input channel; the seldom multipliers are for the plain loops. */
export function depthwiseGradients(backend: BackendWasm, kernels: SimdKernels): DepthwiseLoops {
  const on = ({ dataId }: TensorInfo) => backend.getMemoryOffset(dataId);
  const plain = plainLoops(backend);
  return {
    depthwiseInputGradient: (dy, filter, geometry, dx) => {
      if (geometry.multiplier > 1) return plain.depthwiseInputGradient(dy, filter, geometry, dx);
      kernels.depthwiseInputGradient(on(dy), on(filter), ...sizes(geometry), on(dx));
    },
    depthwiseFilterGradient: (x, dy, geometry, dFilter) => {
      if (geometry.multiplier > 1) return plain.depthwiseFilterGradient(x, dy, geometry, dFilter);
      kernels.depthwiseFilterGradient(on(x), on(dy), ...sizes(geometry), on(dFilter));
    },
  };
}

/** The kernels' parameters between their arrays, in the order of assembly/. */
function sizes(g: DepthwiseGeometry) {
  return [
    ...([g.batchSize, g.inHeight, g.inWidth, g.inChannels, g.outHeight, g.outWidth] as const),
    ...([g.filterHeight, g.filterWidth, g.strideHeight, g.strideWidth] as const),
    ...([g.dilationHeight, g.dilationWidth, g.padTop, g.padLeft] as const),
  ] as const;
}
