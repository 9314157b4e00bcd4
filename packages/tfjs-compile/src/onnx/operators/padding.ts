import type { Emit } from '../onnx-writer';

/** Kernels that add to the sides. */
export const PADDING: Readonly<Record<string, Emit>> = {
  PadV2: ({ inputs: { x }, attributes }, onnx) => {
    const paddings = attributes['paddings'] as number[][];
    const value = onnx.scalar((attributes['constantValue'] as number | undefined) ?? 0, x);
    const pads = [...paddings.map(([before]) => before), ...paddings.map(([, after]) => after)];
    return onnx.node('Pad', [onnx.nameOf(x), onnx.ints(pads), value]);
  },
  // ONNX' Pad mirrors about the outermost elements, not before them: pick them instead.
  MirrorPad: ({ inputs: { x }, attributes }, onnx) => {
    const { paddings, mode } = attributes as { paddings: [number, number][]; mode: 'reflect' | 'symmetric' };
    const mirrors = paddings.map((sides, axis) => mirrored(x.shape[axis], sides, mode));
    return mirrors.reduce(
      (name, places, axis) =>
        places.length > x.shape[axis] ? onnx.node('Gather', [name, onnx.ints(places)], { axis }) : name,
      onnx.nameOf(x),
    );
  },
};

/** Which element of a row stands at each place of the padded row; 'symmetric' has the outermost ones twice. */
function mirrored(size: number, [before, after]: [number, number], mode: 'reflect' | 'symmetric'): number[] {
  const twice = mode === 'symmetric' ? 1 : 0;
  return Array.from({ length: before + size + after }, (_, i) => {
    const place = i - before;
    if (place < 0) return -place - twice;
    return place < size ? place : 2 * (size - 1) - place + twice;
  });
}
