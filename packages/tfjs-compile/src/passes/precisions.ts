import type { Operation, ReducedType, Value } from '../graph/graph';

/** The types in which the graph so far has each value, float32 or one of 16 bits or both, and the casts that it lacks. */
export class Precisions {
  readonly operations: Operation[] = [];
  readonly #type: ReducedType;
  readonly #reduced = new Map<Value, Value>();
  /** Values that an operation makes in 16 bits. */
  readonly #madeReduced = new Set<Value>();
  /** Of those, the ones that have been cast to float32. */
  readonly #widened = new Set<Value>();

  constructor(type: ReducedType) {
    this.#type = type;
  }

  /** Declares a value's form of 16 bits, for an operation to make. */
  makeReduced(value: Value): Value {
    this.#madeReduced.add(value);
    return this.#declare(value);
  }

  /** Whether it is made in 16 bits, not only rounded to them for some of its uses. */
  isMadeReduced(value: Value): boolean {
    return this.#madeReduced.has(value);
  }

  float(value: Value): Value {
    if (this.isMadeReduced(value) && !this.#widened.has(value)) {
      this.#widened.add(value);
      this.#cast(this.#reduced.get(value)!, value);
    }
    return value;
  }

  reduced(value: Value): Value {
    const made = this.#reduced.get(value);
    if (made) return made;
    const cast = this.#declare(value);
    this.#cast(value, cast);
    return cast;
  }

  #declare(value: Value): Value {
    const made: Value = { shape: value.shape, dtype: this.#type };
    this.#reduced.set(value, made);
    return made;
  }

  #cast(x: Value, output: Value): void {
    this.operations.push({ kernel: 'Cast', inputs: { x }, attributes: { dtype: output.dtype }, outputs: [output] });
  }
}
