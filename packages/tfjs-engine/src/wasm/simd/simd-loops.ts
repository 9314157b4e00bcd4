import { util, type TensorInfo } from '@tensorflow/tfjs-core';
import { resizeStep } from '../../loops/resize-sampling';
import { allocate, view, type BackendWasm } from '../wasm-backend';
import { depthwiseGradients } from './depthwise-gradients';
import { convolution } from './convolution';
import { filterGradient } from './filter-gradient';
import type { HeapLoops, Slice } from './heap-loops';
import type { SimdKernels } from './simd-kernels';

/** The heap's loops as SIMD kernels: the arguments become byte offsets, which stay good when the heap grows. */
export function simdLoops(backend: BackendWasm, kernels: SimdKernels): HeapLoops {
  const on = ({ dataId }: TensorInfo) => backend.getMemoryOffset(dataId);
  const from = ({ tensor, at }: Slice) => on(tensor) + at * Float32Array.BYTES_PER_ELEMENT;
  const withScratch = (floats: number, run: (scratch: TensorInfo) => void) => {
    const scratch = allocate(backend, [floats]);
    run(scratch);
    backend.disposeData(scratch.dataId);
  };
  const rowsOf = ({ shape }: TensorInfo) => util.sizeFromShape(shape.slice(0, -1));
  return {
    adamStep: ({ value, gradient, firstMoment, secondMoment }, { learningRate, beta1, beta2, epsilon, step }, next) =>
      kernels.adamStep(
        util.sizeFromShape(value.shape),
        on(value),
        on(gradient),
        on(firstMoment),
        on(secondMoment),
        on(next),
        1 - beta1,
        1 - beta2,
        learningRate / (1 - beta1 ** step),
        1 / Math.sqrt(1 - beta2 ** step),
        epsilon,
      ),
    channelMoments: (x, mean, variance) =>
      withScratch(4 * mean.shape[0], (scratch) =>
        kernels.channelMoments(rowsOf(x), mean.shape[0], on(x), on(mean), on(variance), on(scratch)),
      ),
    normalize: ({ x, scale, offset }, mean, variance, epsilon, y) =>
      withScratch(mean.shape[0], (scratch) =>
        kernels.normalize(
          rowsOf(x),
          mean.shape[0],
          on(x),
          on(mean),
          on(variance),
          on(scale),
          on(offset),
          epsilon,
          on(y),
          on(scratch),
        ),
      ),
    normalizeGradient: ({ dy, x, scale, mean, variance }, epsilon, { dx, dScale, dOffset }) =>
      withScratch(4 * mean.shape[0], (scratch) =>
        kernels.normalizeGradient(
          rowsOf(x),
          mean.shape[0],
          on(dy),
          on(x),
          on(scale),
          on(mean),
          on(variance),
          epsilon,
          on(dx),
          on(dScale),
          on(dOffset),
          on(scratch),
        ),
      ),
    relu: (x, y) => kernels.relu(util.sizeFromShape(x.shape), on(x), on(y)),
    reluGradient: (dy, y, dx) => kernels.reluGradient(util.sizeFromShape(y.shape), on(dy), on(y), on(dx)),
    convolution: convolution(backend, kernels),
    transpose: (source, rows, columns, target) => kernels.transpose(from(source), rows, columns, from(target)),
    filterGradient: filterGradient(backend, kernels),
    maxPoolGradient: (dy, x, g, dx) => {
      view(backend, dx).fill(0);
      kernels.maxPoolGradient(
        on(dy),
        on(x),
        g.batchSize,
        g.inHeight,
        g.inWidth,
        g.inChannels,
        g.outHeight,
        g.outWidth,
        g.filterHeight,
        g.filterWidth,
        g.strideHeight,
        g.strideWidth,
        g.padTop,
        g.padLeft,
        on(dx),
      );
    },
    copyPhase: (source, grid, target) =>
      kernels.copyPhase(
        on(source),
        grid.sourceHeight,
        grid.sourceWidth,
        grid.skipY,
        grid.skipX,
        grid.images,
        grid.height,
        grid.width,
        grid.channels,
        on(target),
        grid.targetHeight,
        grid.targetWidth,
        grid.firstY,
        grid.firstX,
        grid.strideY,
        grid.strideX,
      ),
    copyRows: (source, sourceStep, target, targetStep, size, count) =>
      kernels.copyRows(from(source), sourceStep, from(target), targetStep, size, count),
    ...depthwiseGradients(backend, kernels),
    resizeBilinearGradient: (dy, g, sampling, dx) => {
      view(backend, dx).fill(0);
      kernels.resizeBilinearGradient(
        on(dy),
        g.images,
        g.inHeight,
        g.inWidth,
        g.outHeight,
        g.outWidth,
        g.channels,
        resizeStep(g.inHeight, g.outHeight, sampling),
        resizeStep(g.inWidth, g.outWidth, sampling),
        sampling.halfPixelCenters ? 0.5 : 0,
        on(dx),
      );
    },
  };
}
