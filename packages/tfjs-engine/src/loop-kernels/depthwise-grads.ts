import { backend_util, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel } from '../define-kernel';
import type { DepthwiseGeometry } from '../loops/depthwise-gradient';
import type { ConvolutionAttributes, Shape4D } from './attributes';
import type { Heap } from './heap';

/** The loops of src/loops/depthwise-gradient.ts over tensors of a backend. */
export interface DepthwiseLoops {
  depthwiseInputGradient(dy: TensorInfo, filter: TensorInfo, geometry: DepthwiseGeometry, dx: TensorInfo): void;
  depthwiseFilterGradient(x: TensorInfo, dy: TensorInfo, geometry: DepthwiseGeometry, dFilter: TensorInfo): void;
}

function geometry(inputShape: Shape4D, filterShape: Shape4D, attributes: ConvolutionAttributes): DepthwiseGeometry {
  const { strides, pad, dilations, dimRoundingMode } = attributes;
  const info = backend_util.computeConv2DInfo(
    ...([inputShape, filterShape, strides, dilations ?? 1, pad, dimRoundingMode, true] as const),
  );
  return { ...info, padTop: info.padInfo.top, padLeft: info.padInfo.left, multiplier: filterShape[3] };
}

/** Both gradients of DepthwiseConv2dNative; unlike TensorFlow.js' own they take dilations. */
export function depthwiseGrads<Backend>(
  heap: Heap<Backend>,
  loops: (backend: Backend) => DepthwiseLoops,
): KernelConfig[] {
  return [
    defineKernel(
      heap.backendName,
      'DepthwiseConv2dNativeBackpropInput',
      (
        { dy, filter }: { dy: TensorInfo; filter: TensorInfo },
        { inputShape, ...attributes }: ConvolutionAttributes & { inputShape: Shape4D },
        backend: Backend,
      ) => {
        const dx = heap.allocate(backend, inputShape);
        const g = geometry(inputShape, filter.shape as Shape4D, attributes);
        loops(backend).depthwiseInputGradient(dy, filter, g, dx);
        return dx;
      },
    ),
    defineKernel(
      heap.backendName,
      'DepthwiseConv2dNativeBackpropFilter',
      (
        { x, dy }: { x: TensorInfo; dy: TensorInfo },
        { filterShape, ...attributes }: ConvolutionAttributes & { filterShape: Shape4D },
        backend: Backend,
      ) => {
        const dFilter = heap.allocate(backend, filterShape);
        const g = geometry(x.shape as Shape4D, filterShape, attributes);
        loops(backend).depthwiseFilterGradient(x, dy, g, dFilter);
        return dFilter;
      },
    ),
  ];
}
