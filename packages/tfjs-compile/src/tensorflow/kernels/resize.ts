import { boolAttribute, floatAttribute, textAttribute } from '../message/attribute';
import type { NodeAttributes } from '../graph-builder';
import type { Attributes } from '../../graph/graph';
import type { Emit } from './emission';

function sampling(attributes: Attributes): NodeAttributes {
  const { alignCorners, halfPixelCenters } = attributes as { alignCorners: boolean; halfPixelCenters: boolean };
  return { align_corners: boolAttribute(alignCorners), half_pixel_centers: boolAttribute(halfPixelCenters) };
}

const resize =
  (op: string): Emit =>
  ({ inputs: { images }, attributes, outputs: [y] }, { builder, of }) => {
    const size = builder.ints(y.shape.slice(1, 3));
    return builder.addTyped(op, images.dtype, [of(images), size], sampling(attributes));
  };

const bilinearGrad: Emit = ({ inputs: { images, dy }, attributes }, { builder, of }) =>
  builder.addTyped('ResizeBilinearGrad', images.dtype, [of(dy), of(images)], sampling(attributes));

const nearestGrad: Emit = ({ inputs: { images, dy }, attributes }, { builder, of }) => {
  const size = builder.ints(images.shape.slice(1, 3));
  return builder.addTyped('ResizeNearestNeighborGrad', dy.dtype, [of(dy), size], sampling(attributes));
};

const crop: Emit = ({ inputs: { image, boxes, boxInd }, attributes, outputs: [y] }, { builder, of }) => {
  const { method, extrapolationValue } = attributes as { method: string; extrapolationValue: number };
  const inputs = [of(image), of(boxes), of(boxInd), builder.ints(y.shape.slice(1, 3))];
  return builder.addTyped('CropAndResize', image.dtype, inputs, {
    method: textAttribute(method),
    extrapolation_value: floatAttribute(extrapolationValue),
  });
};

export const resizeKernels: Readonly<Record<string, Emit>> = {
  ResizeBilinear: resize('ResizeBilinear'),
  ResizeBilinearGrad: bilinearGrad,
  ResizeNearestNeighbor: resize('ResizeNearestNeighbor'),
  ResizeNearestNeighborGrad: nearestGrad,
  CropAndResize: crop,
};
