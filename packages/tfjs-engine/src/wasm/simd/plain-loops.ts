import type { TensorInfo } from '@tensorflow/tfjs-core';
import { adamStep } from '../../loops/adam';
import { channelMoments, normalize, normalizeGradient } from '../../loops/batch-norm';
import { convolution } from '../../loops/convolution';
import { copyPhase } from '../../loops/copy-phase';
import { copyRows } from '../../loops/copy-rows';
import { depthwiseFilterGradient, depthwiseInputGradient } from '../../loops/depthwise-gradient';
import { filterGradient } from '../../loops/filter-gradient';
import { maxPoolGradient } from '../../loops/max-pool-gradient';
import { relu, reluGradient } from '../../loops/relu';
import { resizeBilinearGradient } from '../../loops/resize-bilinear-gradient';
import { transpose } from '../../loops/transpose';
import { view, type BackendWasm } from '../wasm-backend';
import type { HeapLoops, Slice } from './heap-loops';

/** The heap's loops in plain JavaScript, over views of the heap. */
export function plainLoops(backend: BackendWasm): HeapLoops {
  const on = (tensor: TensorInfo) => view(backend, tensor);
  const from = ({ tensor, at }: Slice) => on(tensor).subarray(at);
  return {
    adamStep: ({ value, gradient, firstMoment, secondMoment }, attributes, next) =>
      adamStep(on(value), on(gradient), on(firstMoment), on(secondMoment), attributes, on(next)),
    channelMoments: (x, mean, variance) => channelMoments(on(x), mean.shape[0], on(mean), on(variance)),
    normalize: ({ x, scale, offset }, mean, variance, epsilon, y) =>
      normalize(on(x), on(mean), on(variance), on(scale), on(offset), epsilon, on(y)),
    normalizeGradient: ({ dy, x, scale, mean, variance }, epsilon, { dx, dScale, dOffset }) =>
      normalizeGradient(on(dy), on(x), on(scale), on(mean), on(variance), epsilon, on(dx), on(dScale), on(dOffset)),
    relu: (x, y) => relu(on(x), on(y)),
    reluGradient: (dy, y, dx) => reluGradient(on(dy), on(y), on(dx)),
    convolution: (source, filter, geometry, target, { bias, relu } = { relu: false }) =>
      convolution(from(source), on(filter), geometry, from(target), { bias: bias && on(bias), relu }),
    transpose: (source, rows, columns, target) => transpose(from(source), rows, columns, from(target)),
    filterGradient: (x, dy, geometry, dFilter) => filterGradient(on(x), on(dy), geometry, on(dFilter)),
    maxPoolGradient: (dy, x, geometry, dx) => maxPoolGradient(on(dy), on(x), geometry, on(dx).fill(0)),
    copyPhase: (source, grid, target) => copyPhase(on(source), grid, on(target)),
    copyRows: (source, sourceStep, target, targetStep, size, count) =>
      copyRows(from(source), sourceStep, from(target), targetStep, size, count),
    resizeBilinearGradient: (dy, geometry, sampling, dx) => resizeBilinearGradient(on(dy), geometry, sampling, on(dx)),
    depthwiseInputGradient: (dy, filter, geometry, dx) => depthwiseInputGradient(on(dy), on(filter), geometry, on(dx)),
    depthwiseFilterGradient: (x, dy, geometry, dFilter) =>
      depthwiseFilterGradient(on(x), on(dy), geometry, on(dFilter)),
  };
}
