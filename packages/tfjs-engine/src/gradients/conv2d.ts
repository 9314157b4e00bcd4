import {
  backend_util,
  conv2d,
  engine,
  reverse,
  slice,
  transpose,
  type GradConfig,
  type NamedAttrMap,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { EngineError } from '../engine-error';
import type { ConvolutionAttributes } from '../loop-kernels/attributes';
import { dilatedGrid } from './dilated-grid';

type Conv2DInfo = ReturnType<typeof backend_util.computeConv2DInfo>;

/** TensorFlow.js' own refuses dilations. Undilated, the engine's kernels do the work, as with TensorFlow.js. */
export const conv2dGradient: GradConfig = {
  kernelName: 'Conv2D',
  inputsToSave: ['x', 'filter'],
  gradFunc: (dy, saved, attributes: NamedAttrMap) => {
    const [output, x, filter] = [dy, ...saved] as Tensor4D[];
    const { strides, pad, dilations } = attributes as unknown as ConvolutionAttributes;
    if ([dilations ?? 1].flat().every((dilation) => dilation === 1)) {
      return {
        x: () =>
          engine().runKernel('Conv2DBackpropInput', { dy: output, filter }, { ...attributes, inputShape: x.shape }),
        filter: () =>
          engine().runKernel('Conv2DBackpropFilter', { x, dy: output }, { ...attributes, filterShape: filter.shape }),
      };
    }
    if (attributes.dataFormat !== 'NHWC') {
      throw new EngineError(
        `The gradient of a dilated tf.conv2d takes dataFormat 'NHWC', but got '${String(attributes.dataFormat)}': ` +
          `transpose the images with tf.transpose(x, [0, 2, 3, 1]).`,
      );
    }
    const info = backend_util.computeConv2DInfo(x.shape, filter.shape, strides, dilations!, pad);
    return {
      x: () => dilatedInputGradient(output, filter, info),
      filter: () => dilatedFilterGradient(x, output, info),
    };
  },
};

/** At stride 1 it is a convolution of the same dilation: of dy with the filter turned by half a turn. */
function dilatedInputGradient(dy: Tensor4D, filter: Tensor4D, info: Conv2DInfo): Tensor4D {
  const { inHeight, inWidth, outHeight, outWidth, dilationHeight, dilationWidth, padInfo } = info;
  const rows = inputPadding(inHeight, outHeight, (info.filterHeight - 1) * dilationHeight, padInfo.top);
  const columns = inputPadding(inWidth, outWidth, (info.filterWidth - 1) * dilationWidth, padInfo.left);
  const seen = slice(dy, [0, rows.skip, columns.skip, 0], [-1, rows.count, columns.count, -1]);
  const turned = transpose(reverse(filter, [0, 1]), [0, 1, 3, 2]);
  const pad: [[number, number], [number, number], [number, number], [number, number]] = [
    [0, 0],
    rows.pad,
    columns.pad,
    [0, 0],
  ];
  return conv2d(seen, turned, 1, pad, 'NHWC', [dilationHeight, dilationWidth]);
}

/** Along an axis: the outputs that see any input, and their padding. @param reach  pixels from first to last tap */
function inputPadding(inSize: number, outSize: number, reach: number, padBefore: number) {
  const before = reach - padBefore;
  const after = inSize - outSize + padBefore;
  const skip = Math.max(0, -before);
  return {
    skip,
    count: outSize - skip - Math.max(0, -after),
    pad: [Math.max(0, before), Math.max(0, after)] as [number, number],
  };
}

function dilatedFilterGradient(x: Tensor4D, dy: Tensor4D, info: Conv2DInfo): Tensor4D {
  const grid = dilatedGrid(info);
  const inputs = { x: grid.splitInput(x), dy: grid.splitOutput(dy) };
  const { filterShape } = info;
  return engine().runKernel('Conv2DBackpropFilter', inputs, {
    strides: 1,
    pad: 'valid',
    dataFormat: 'NHWC',
    filterShape,
  });
}
