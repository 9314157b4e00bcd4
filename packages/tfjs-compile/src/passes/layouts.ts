import type { Operation, Value } from '../graph/graph';

/** Where the axes of NHWC are in NCHW, and the axes of NCHW in NHWC. */
export const TO_NCHW: readonly number[] = [0, 2, 3, 1];
const PERM_TO_NCHW = [0, 3, 1, 2];
const PERM_TO_NHWC = [0, 2, 3, 1];

/** [N, H, W, C] as [N, C, H, W]. */
export const nchw = <T>([n, h, w, c]: readonly T[]): T[] => [n, c, h, w];

/** The layouts in which the graph so far has each value, and the transpositions that it lacks. */
export class Layouts {
  readonly operations: Operation[] = [];
  readonly #nhwc = new Set<Value>();
  readonly #nchw = new Map<Value, Value>();

  addNhwc(value: Value): void {
    this.#nhwc.add(value);
  }

  /** Declares a value's NCHW form, for an operation to make. */
  makeNchw(value: Value): Value {
    const made = { shape: nchw(value.shape), dtype: value.dtype };
    this.#nchw.set(value, made);
    return made;
  }

  hasNchw(value: Value): boolean {
    return this.#nchw.has(value);
  }

  hasNhwc(value: Value): boolean {
    return this.#nhwc.has(value);
  }

  nhwc(value: Value): Value {
    const from = this.#nchw.get(value);
    if (!this.#nhwc.has(value) && from) {
      this.#transpose(from, PERM_TO_NHWC, value);
      this.#nhwc.add(value);
    }
    return value;
  }

  nchw(value: Value): Value {
    const made = this.#nchw.get(value);
    if (made) return made;
    const transposed = this.makeNchw(value);
    this.#transpose(value, PERM_TO_NCHW, transposed);
    return transposed;
  }

  #transpose(x: Value, perm: number[], output: Value): void {
    this.operations.push({ kernel: 'Transpose', inputs: { x }, attributes: { perm }, outputs: [output] });
  }
}
