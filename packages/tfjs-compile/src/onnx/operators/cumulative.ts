import type { Operation } from '../../graph/graph';
import type { Emit, OnnxWriter } from '../onnx-writer';

interface CumulativeAttributes {
  axis: number;
  /** Each place has what comes before it, without its own. */
  exclusive: boolean;
  /** From the end. */
  reverse: boolean;
}

/** Sums and products of all elements up to each. */
export const CUMULATIVE: Readonly<Record<string, Emit>> = {
  Cumsum: ({ inputs: { x }, attributes }, onnx) => {
    const { axis, exclusive, reverse } = attributes as unknown as CumulativeAttributes;
    return onnx.node('CumSum', [onnx.nameOf(x), onnx.ints([axis])], {
      exclusive: exclusive ? 1 : 0,
      reverse: reverse ? 1 : 0,
    });
  },
  Cumprod: products,
};

/**
 * ONNX has no such operator. In each round every place takes up the product of twice as many (Hillis & Steele 1986, "Data
 * parallel algorithms").
 */
function products({ inputs: { x }, attributes }: Operation, onnx: OnnxWriter): string {
  const { axis, exclusive, reverse } = attributes as unknown as CumulativeAttributes;
  const at = (axis + x.shape.length) % x.shape.length;
  const size = x.shape[at];
  const one = onnx.scalar(1, x);
  /** Moved along by some places, with ones behind. */
  const moved = (name: string, places: number) => {
    const sides = [0, 1].map((side) => x.shape.map((_, i) => (i === at && side === (reverse ? 1 : 0) ? places : 0)));
    const padded = onnx.node('Pad', [name, onnx.ints(sides.flat()), one]);
    const [start, end] = reverse ? [places, size + places] : [0, size];
    return onnx.node('Slice', [padded, onnx.ints([start]), onnx.ints([end]), onnx.ints([at])]);
  };
  let product = exclusive ? moved(onnx.nameOf(x), 1) : onnx.nameOf(x);
  for (let places = 1; places < size; places *= 2) product = onnx.node('Mul', [product, moved(product, places)]);
  return product;
}
