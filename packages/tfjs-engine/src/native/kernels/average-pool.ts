import {
  backend_util,
  mul,
  slice,
  tensor1d,
  tensor4d,
  tidy,
  type KernelConfig,
  type Tensor4D,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { PoolAttributes, Shape4D } from '../../loop-kernels/attributes';
import { isExplicit, padImages } from './padding';
import { runOp } from './run-op';
import { wrapKernel } from './wrap-kernel';

type PoolInfo = ReturnType<typeof backend_util.computePool2DInfo>;

/**
 * TensorFlow's average pooling takes no explicit padding: the image is padded with zeros first, and the average then
 * weighted so that, as with 'same' and on the other engines, padding does not count.
 */
export function averagePoolKernels(): KernelConfig[] {
  return [
    wrapKernel('AvgPool', ({ x }: { x: TensorInfo }, attributes: PoolAttributes, backend, original) => {
      if (!isExplicit(attributes.pad)) return original(attributes);
      return tidy(() => {
        const info = poolInfo(x.shape, attributes);
        const images = padImages(x, info.padInfo);
        return mul(runOp(backend, 'AvgPool', opAttributes(info), [images]), windowsToImage(info));
      });
    }),
    wrapKernel(
      'AvgPoolGrad',
      ({ dy, input }: { dy: TensorInfo; input: TensorInfo }, attributes: PoolAttributes, backend, original) => {
        if (!isExplicit(attributes.pad)) return original(attributes);
        return tidy(() => {
          const info = poolInfo(input.shape, attributes);
          const [images, height, width, channels] = info.inShape;
          const { top, bottom, left, right } = info.padInfo;
          const shape = tensor1d([images, height + top + bottom, width + left + right, channels], 'int32');
          const weighted = mul(dy as Tensor4D, windowsToImage(info));
          const gradient = runOp(backend, 'AvgPoolGrad', opAttributes(info), [shape, weighted]);
          return slice(gradient, [0, top, left, 0], info.inShape);
        });
      },
    ),
  ];
}

function poolInfo(shape: number[], { filterSize, strides, pad, dimRoundingMode }: PoolAttributes): PoolInfo {
  return backend_util.computePool2DInfo(shape as Shape4D, filterSize, strides, 1, pad, dimRoundingMode);
}

function opAttributes(info: PoolInfo) {
  return {
    padding: 'VALID',
    ksize: [1, info.filterHeight, info.filterWidth, 1],
    strides: [1, info.strideHeight, info.strideWidth, 1],
  };
}

/** Each window's pixels per pixel of it that is inside of the image: [1, outHeight, outWidth, 1]. */
function windowsToImage(info: PoolInfo): Tensor4D {
  const rows = inside(info.outHeight, info.strideHeight, info.filterHeight, info.padInfo.top, info.inHeight);
  const columns = inside(info.outWidth, info.strideWidth, info.filterWidth, info.padInfo.left, info.inWidth);
  const size = info.filterHeight * info.filterWidth;
  const weights = rows.flatMap((row) => columns.map((column) => size / (row * column)));
  return tensor4d(weights, [1, info.outHeight, info.outWidth, 1]);
}

function inside(outSize: number, stride: number, filter: number, pad: number, inSize: number): number[] {
  return Array.from({ length: outSize }, (_, out) => {
    const first = out * stride - pad;
    return Math.min(inSize, first + filter) - Math.max(0, first);
  });
}
