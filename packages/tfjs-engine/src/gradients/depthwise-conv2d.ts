import { engine, type GradConfig, type NamedAttrMap, type Tensor } from '@tensorflow/tfjs-core';

/** TensorFlow.js' own refuses dilations; the kernels of this package take them on every engine. */
export const depthwiseConv2dGradient: GradConfig = {
  kernelName: 'DepthwiseConv2dNative',
  inputsToSave: ['x', 'filter'],
  gradFunc: (dy, [x, filter], attributes: NamedAttrMap) => ({
    x: () => {
      const inputs = { dy: dy as Tensor, filter };
      return engine().runKernel('DepthwiseConv2dNativeBackpropInput', inputs, { ...attributes, inputShape: x.shape });
    },
    filter: () => {
      const inputs = { x, dy: dy as Tensor };
      const filterShape = filter.shape;
      return engine().runKernel('DepthwiseConv2dNativeBackpropFilter', inputs, { ...attributes, filterShape });
    },
  }),
};
