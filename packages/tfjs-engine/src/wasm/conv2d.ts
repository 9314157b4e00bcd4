import { backend_util, getKernel, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel } from '../define-kernel';
import type { ConvolutionAttributes, Shape4D } from '../loop-kernels/attributes';
import { padImages } from './pad-images';
import { heapLoops } from './simd/heap-loops';
import { allocate, type BackendWasm } from './wasm-backend';

/** A convolution with explicit or named padding, strides and dilation; with a bias and ReLU where they are given. */
function conv2d(
  x: TensorInfo,
  filter: TensorInfo,
  { strides, pad, dilations, dimRoundingMode }: ConvolutionAttributes,
  epilogue: { bias?: TensorInfo; relu: boolean },
  backend: BackendWasm,
): TensorInfo {
  const [xShape, filterShape] = [x.shape as Shape4D, filter.shape as Shape4D];
  const conv = backend_util.computeConv2DInfo(xShape, filterShape, strides, dilations ?? 1, pad, dimRoundingMode);
  const source = padImages(x, conv.padInfo, backend);
  const [, height, width, channels] = source.shape as Shape4D;
  const y = allocate(backend, conv.outShape);
  const row = width * channels;
  // Undilated, a row of the filter meets values that lie side by side.
  const wholeRows = conv.dilationWidth === 1;
  const geometry = {
    images: conv.batchSize,
    rows: conv.outHeight,
    columns: conv.outWidth,
    xImage: height * row,
    xRow: conv.strideHeight * row,
    xColumn: conv.strideWidth * channels,
    yImage: conv.outHeight * conv.outWidth * conv.outChannels,
    yRow: conv.outWidth * conv.outChannels,
    yColumn: conv.outChannels,
    tapRows: conv.filterHeight,
    tapColumns: wholeRows ? 1 : conv.filterWidth,
    tapRow: conv.dilationHeight * row,
    tapColumn: conv.dilationWidth * channels,
    runLength: wholeRows ? conv.filterWidth * channels : channels,
    outChannels: conv.outChannels,
  };
  heapLoops(backend).convolution({ tensor: source, at: 0 }, filter, geometry, { tensor: y, at: 0 }, epilogue);
  if (source !== x) backend.disposeData(source.dataId);
  return y;
}

/**
 * tfjs' own kernel has XNNPACK rearrange the filter on each call after the filter has changed: in training always, at a
 * cost near that of the convolution itself where maps are small.
 */
export const conv2dKernel = defineKernel(
  'wasm',
  'Conv2D',
  ({ x, filter }: { x: TensorInfo; filter: TensorInfo }, attributes: ConvolutionAttributes, backend: BackendWasm) =>
    conv2d(x, filter, attributes, { relu: false }, backend),
);

type FusedInputs = { x: TensorInfo; filter: TensorInfo; bias?: TensorInfo; preluActivationWeights?: TensorInfo };

/** tfjs' own kernel, the one registered now, goes on for activations other than ReLU. */
export function fusedConv2dKernel(): KernelConfig {
  const original = getKernel('FusedConv2D', 'wasm');
  const kernel = defineKernel(
    'wasm',
    'FusedConv2D',
    (
      inputs: FusedInputs & Record<string, TensorInfo>,
      attributes: ConvolutionAttributes & { activation?: string },
      backend: BackendWasm,
    ) => {
      const { x, filter, bias } = inputs;
      const { activation = 'linear' } = attributes;
      const perChannel = !bias || (bias.shape.length === 1 && bias.shape[0] === filter.shape[3]);
      if (perChannel && ['linear', 'relu'].includes(activation)) {
        return conv2d(x, filter, attributes, { bias, relu: activation === 'relu' }, backend);
      }
      return original.kernelFunc({ inputs, attrs: { ...attributes } as never, backend }) as TensorInfo;
    },
  );
  return { ...original, kernelFunc: kernel.kernelFunc };
}
