import type { Emit } from '../onnx-writer';

/** Kernels that take images apart into blocks, and join them again. */
export const BLOCKS: Readonly<Record<string, Emit>> = {
  SpaceToBatchND: ({ inputs: { x }, attributes, outputs: [output] }, onnx) => {
    const { blockShape, paddings } = attributes as { blockShape: number[]; paddings: number[][] };
    const spatial = blockShape.length;
    const rest = x.shape.slice(1 + spatial);
    const all = [[0, 0], ...paddings, ...rest.map(() => [0, 0])];
    const pads = onnx.ints([...all.map(([before]) => before), ...all.map(([, after]) => after)]);
    const cut = x.shape.slice(1, 1 + spatial).flatMap((size, i) => {
      const padded = size + paddings[i][0] + paddings[i][1];
      return [padded / blockShape[i], blockShape[i]];
    });
    const blocks = onnx.reshape(onnx.node('Pad', [onnx.nameOf(x), pads]), [x.shape[0], ...cut, ...rest]);
    const axes = blockShape.map((_, i) => 1 + 2 * i);
    const perm = [...axes.map((axis) => axis + 1), 0, ...axes, ...rest.map((_, i) => 1 + 2 * spatial + i)];
    return onnx.reshape(onnx.transpose(blocks, perm), output.shape);
  },
  BatchToSpaceND: ({ inputs: { x }, attributes, outputs: [output] }, onnx) => {
    const { blockShape, crops } = attributes as { blockShape: number[]; crops: number[][] };
    const spatial = blockShape.length;
    const [, ...sizes] = x.shape;
    const [batch] = output.shape;
    const rest = sizes.slice(spatial);
    const blocks = onnx.reshape(onnx.nameOf(x), [...blockShape, batch, ...sizes]);
    const perm = [spatial, ...blockShape.flatMap((_, i) => [spatial + 1 + i, i])];
    const joined = onnx.transpose(blocks, [...perm, ...rest.map((_, i) => 2 * spatial + 1 + i)]);
    const whole = onnx.reshape(joined, [batch, ...blockShape.map((block, i) => block * sizes[i]), ...rest]);
    const starts = crops.map(([before]) => before);
    const ends = starts.map((start, i) => start + output.shape[1 + i]);
    return onnx.node('Slice', [whole, onnx.ints(starts), onnx.ints(ends), onnx.ints(blockShape.map((_, i) => 1 + i))]);
  },
  DepthToSpace: ({ inputs: { x }, attributes, outputs: [output] }, onnx) => {
    const { blockSize: block, dataFormat } = attributes as { blockSize: number; dataFormat: string };
    if (dataFormat === 'NCHW') return onnx.node('DepthToSpace', [onnx.nameOf(x)], { blocksize: block });
    const [images, height, width, channels] = x.shape;
    const blocks = onnx.reshape(onnx.nameOf(x), [images, height, width, block, block, channels / block ** 2]);
    return onnx.reshape(onnx.transpose(blocks, [0, 1, 3, 2, 4, 5]), output.shape);
  },
};
