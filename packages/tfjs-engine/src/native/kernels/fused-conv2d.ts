import {
  add,
  conv2dTranspose,
  fused,
  relu,
  tensor1d,
  tidy,
  type KernelConfig,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { defineKernel, type FusedConv2DAddInputs, type FusedConv2DTransposeInputs } from '../../define-kernel';
import type { ConvolutionAttributes, Shape4D } from '../../loop-kernels/attributes';
import { convolutionGraph } from '../graph/convolution-graph';
import type { NodeBackend } from '../node-backend';
import { convolutionAttributes } from './convolution-attributes';
import { listed } from './padding';
import { wrapKernel } from './wrap-kernel';

type Activation = { activation?: 'linear' | 'relu' };

/**
 * A convolution, its bias and a ReLU as one op, `_FusedConv2D`, which TensorFlow's graph optimiser makes of the three
 * (tensorflow/core/grappler/optimizers/remapper.cc); tfjs-node runs them apart.
 */
export function fusedConv2d(): KernelConfig {
  return wrapKernel(
    'FusedConv2D',
    (
      { x, filter, bias }: Record<'x' | 'filter' | 'bias', TensorInfo>,
      attributes: ConvolutionAttributes & { dataFormat: string; activation?: string },
      backend,
      original,
    ) => {
      const { pad, dataFormat, activation = 'linear' } = attributes;
      const composed = () => original({ ...attributes, pad: listed(pad) });
      const isPlain = dataFormat !== 'NCHW' && ['linear', 'relu'].includes(activation);
      if (!isPlain || bias?.shape.length !== 1) return composed();
      return whereGraphsRun(backend, composed, () =>
        forwardGraph(backend, x, filter, attributes)({ x, filter, bias }, activation === 'relu' ? 'sumRelu' : 'sum'),
      );
    },
  );
}

/** As `FusedConv2D`, with a tensor added before the ReLU: the end of a residual block. */
export const fusedConv2dAdd = defineKernel(
  'tensorflow',
  'FusedConv2DAdd',
  (inputs: FusedConv2DAddInputs, attributes: ConvolutionAttributes & Activation, backend: NodeBackend) => {
    const { x, filter, bias, addend } = inputs;
    const { activation, dilations, ...geometry } = attributes;
    const composed = () =>
      tidy(() => {
        const tensors = { x: x as Tensor4D, filter: filter as Tensor4D, bias: bias as Tensor1D };
        const sum = add(fused.conv2d({ ...tensors, ...geometry, dilations: dilations ?? 1 }), addend as Tensor);
        return activation === 'relu' ? relu(sum) : sum;
      });
    return whereGraphsRun(backend, composed, () =>
      forwardGraph(backend, x, filter, attributes)({ ...inputs }, activation === 'relu' ? 'totalRelu' : 'total'),
    );
  },
);

/** A transposed convolution, its bias and a ReLU: TensorFlow has no fused op for them, but runs the last two in place. */
export const fusedConv2dTranspose = defineKernel(
  'tensorflow',
  'FusedConv2DTranspose',
  (
    inputs: FusedConv2DTransposeInputs,
    { outputShape, strides, pad, activation }: ConvolutionAttributes & Activation & { outputShape: Shape4D },
    backend: NodeBackend,
  ) =>
    tidy(() => {
      const { x, filter, bias } = inputs;
      const composed = () => {
        const transposed = conv2dTranspose(x as Tensor4D, filter as Tensor4D, outputShape, strides, pad as 'same');
        const sum = add(transposed, bias as Tensor1D);
        return activation === 'relu' ? relu(sum) : sum;
      };
      return whereGraphsRun(backend, composed, () => {
        const op = convolutionAttributes(outputShape, filter.shape as Shape4D, { strides, pad });
        const feeds = { shape: tensor1d(outputShape, 'int32'), ...inputs };
        return convolutionGraph(backend, 'Conv2DBackpropInput', op)(feeds, activation === 'relu' ? 'sumRelu' : 'sum');
      });
    }),
);

/** False when a graph failed where the composed ops did not. */
let graphsRun = true;

function whereGraphsRun<T extends TensorInfo | TensorInfo[]>(
  backend: NodeBackend,
  composed: () => T,
  graph: () => Tensor,
): T | Tensor {
  if (!graphsRun || backend.isUsingGpuDevice) return composed();
  try {
    return graph();
  } catch {
    const result = composed();
    graphsRun = false;
    return result;
  }
}

function forwardGraph(backend: NodeBackend, x: TensorInfo, filter: TensorInfo, attributes: ConvolutionAttributes) {
  return convolutionGraph(
    backend,
    'Conv2D',
    convolutionAttributes(x.shape as Shape4D, filter.shape as Shape4D, attributes),
  );
}
