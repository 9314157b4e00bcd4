import { backend_util, relu, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import type { ConvolutionAttributes, Shape4D } from '../../loop-kernels/attributes';
import { isExplicit, listed } from './padding';
import { runOp } from './run-op';
import { wrapKernel } from './wrap-kernel';

type Inputs = { x: TensorInfo; filter: TensorInfo; bias: TensorInfo };
type Attributes = ConvolutionAttributes & { dilations: number | [number, number]; activation?: string };

/**
 * A convolution with its bias as one op, TensorFlow's own `_MklNativeConv2DWithBias`, which its graph optimiser makes
 * of Conv2D and BiasAdd on the CPU; tfjs-node runs the two apart. Where TensorFlow was built without oneDNN, and for
 * what the op cannot do, tfjs-node's kernel goes on as before.
 */
export function fusedConv2d(): KernelConfig {
  let available = true;
  return wrapKernel('FusedConv2D', ({ x, filter, bias }: Inputs, attributes: Attributes, backend, original) => {
    const { strides, pad, dilations, dimRoundingMode, activation = 'linear' } = attributes;
    const asBefore = () => original({ ...attributes, pad: listed(pad) });
    if (!available || backend.isUsingGpuDevice) return asBefore();
    if (isExplicit(pad) || bias?.shape.length !== 1 || !['linear', 'relu'].includes(activation)) return asBefore();
    const [xShape, filterShape] = [x.shape as Shape4D, filter.shape as Shape4D];
    const info = backend_util.computeConv2DInfo(xShape, filterShape, strides, dilations, pad, dimRoundingMode);
    const op = {
      strides: [1, info.strideHeight, info.strideWidth, 1],
      dilations: [1, info.dilationHeight, info.dilationWidth, 1],
      padding: info.padInfo.type,
      _kernel: 'MklNameChangeOp',
    };
    try {
      const sum = runOp(backend, '_MklNativeConv2DWithBias', op, [x, filter, bias]);
      if (activation === 'linear') return sum;
      const result = relu(sum);
      sum.dispose();
      return result;
    } catch {
      available = false;
      return asBefore();
    }
  });
}
