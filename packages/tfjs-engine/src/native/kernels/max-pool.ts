import { backend_util, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import type { PoolAttributes, Shape4D } from '../../loop-kernels/attributes';
import { isExplicit, paddingAttributes } from './padding';
import { runOp, type OpAttributes } from './run-op';
import { wrapKernel } from './wrap-kernel';

/** tfjs-node's max pooling refuses explicit padding, which TensorFlow's takes. */
export function maxPoolKernels(): KernelConfig[] {
  return [
    wrapKernel('MaxPool', ({ x }: { x: TensorInfo }, attributes: PoolAttributes, backend, original) => {
      if (!isExplicit(attributes.pad)) return original(attributes);
      return runOp(backend, 'MaxPool', opAttributes(x.shape, attributes), [x]);
    }),
    wrapKernel(
      'MaxPoolGrad',
      (
        { dy, input, output }: { dy: TensorInfo; input: TensorInfo; output: TensorInfo },
        attributes: PoolAttributes,
        backend,
        original,
      ) => {
        if (!isExplicit(attributes.pad)) return original(attributes);
        return runOp(backend, 'MaxPoolGrad', opAttributes(input.shape, attributes), [input, output, dy]);
      },
    ),
  ];
}

function opAttributes(shape: number[], { filterSize, strides, pad, dimRoundingMode }: PoolAttributes): OpAttributes {
  const info = backend_util.computePool2DInfo(shape as Shape4D, filterSize, strides, 1, pad, dimRoundingMode);
  return {
    ...paddingAttributes(info.padInfo),
    ksize: [1, info.filterHeight, info.filterWidth, 1],
    strides: [1, info.strideHeight, info.strideWidth, 1],
  };
}
