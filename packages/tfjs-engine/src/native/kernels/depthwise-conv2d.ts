import { backend_util, tensor1d, tidy, type KernelConfig, type Tensor4D, type TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel } from '../../define-kernel';
import { dilatedGrid } from '../../gradients/dilated-grid';
import type { ConvolutionAttributes, Shape4D } from '../../loop-kernels/attributes';
import type { NodeBackend } from '../node-backend';
import { listed, paddingAttributes } from './padding';
import { runOp, type OpAttributes } from './run-op';
import { wrapKernel } from './wrap-kernel';

/** Undilated, without padding. */
const PLAIN: OpAttributes = { padding: 'VALID', strides: [1, 1, 1, 1] };

/**
 * Depthwise convolution, where tfjs-node's refuse a padding given as a number, and their gradients any explicit one.
 * TensorFlow's kernels know dilation only with oneDNN, so it is taken apart for them ({@link dilatedGrid}).
 */
export function depthwiseConv2dKernels(): KernelConfig[] {
  return [
    wrapKernel('FusedDepthwiseConv2D', (_, attributes: ConvolutionAttributes, _backend, original) =>
      original({ ...attributes, pad: listed(attributes.pad) }),
    ),
    depthwiseConv2d,
    depthwiseBackpropInput,
    depthwiseBackpropFilter,
  ];
}

const depthwiseConv2d = defineKernel(
  'tensorflow',
  'DepthwiseConv2dNative',
  ({ x, filter }: { x: TensorInfo; filter: TensorInfo }, attributes: ConvolutionAttributes, backend: NodeBackend) =>
    tidy(() => {
      const { op, grid } = plan(x.shape, filter.shape, attributes);
      if (!grid) return runOp(backend, 'DepthwiseConv2dNative', op, [x, filter]);
      const outputs = runOp(backend, 'DepthwiseConv2dNative', PLAIN, [grid.splitInput(x as Tensor4D), filter]);
      return grid.joinOutput(outputs as Tensor4D);
    }),
);

const depthwiseBackpropInput = defineKernel(
  'tensorflow',
  'DepthwiseConv2dNativeBackpropInput',
  (
    { dy, filter }: { dy: TensorInfo; filter: TensorInfo },
    { inputShape, ...attributes }: ConvolutionAttributes & { inputShape: Shape4D },
    backend: NodeBackend,
  ) =>
    tidy(() => {
      const run = (op: OpAttributes, shape: number[], gradient: TensorInfo) =>
        runOp(backend, 'DepthwiseConv2dNativeBackpropInput', op, [tensor1d(shape, 'int32'), filter, gradient]);
      const { op, grid } = plan(inputShape, filter.shape, attributes);
      if (!grid) return run(op, inputShape, dy);
      const outputs = grid.splitOutput(dy as Tensor4D);
      const [images, height, width] = outputs.shape;
      const [filterHeight, filterWidth, channels] = filter.shape;
      const shape = [images, height + filterHeight - 1, width + filterWidth - 1, channels];
      return grid.joinInput(run(PLAIN, shape, outputs) as Tensor4D);
    }),
);

const depthwiseBackpropFilter = defineKernel(
  'tensorflow',
  'DepthwiseConv2dNativeBackpropFilter',
  (
    { x, dy }: { x: TensorInfo; dy: TensorInfo },
    { filterShape, ...attributes }: ConvolutionAttributes & { filterShape: Shape4D },
    backend: NodeBackend,
  ) =>
    tidy(() => {
      const shape = tensor1d(filterShape, 'int32');
      const { op, grid } = plan(x.shape, filterShape, attributes);
      if (!grid) return runOp(backend, 'DepthwiseConv2dNativeBackpropFilter', op, [x, shape, dy]);
      const inputs = [grid.splitInput(x as Tensor4D), shape, grid.splitOutput(dy as Tensor4D)];
      return runOp(backend, 'DepthwiseConv2dNativeBackpropFilter', PLAIN, inputs);
    }),
);

/** The op's attributes, and for dilated convolutions the grid to take apart in place of them. */
function plan(inputShape: number[], filterShape: number[], attributes: ConvolutionAttributes) {
  const { strides, pad, dilations, dimRoundingMode } = attributes;
  const info = backend_util.computeConv2DInfo(
    ...([inputShape as Shape4D, filterShape as Shape4D, strides, dilations ?? 1, pad, dimRoundingMode, true] as const),
  );
  const op = { ...paddingAttributes(info.padInfo), strides: [1, info.strideHeight, info.strideWidth, 1] };
  return { op, grid: info.dilationHeight * info.dilationWidth > 1 ? dilatedGrid(info) : undefined };
}
