/** Numbers in the smallest type that holds each of them exactly. */
export type NumberColumn = Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** The types of columns from small to large; a column that grows goes from one to the next. */
const GROWING = [Int8Array, Int16Array, Int32Array, Float64Array] as const;

/** A column to append numbers to (finite ones); it takes a larger type when a number does not fit. */
export class GrowingColumn {
  length = 0;
  private kind = 0;
  private values: Int8Array | Int16Array | Int32Array | Float64Array = new Int8Array(1024);

  push(value: number): void {
    if (this.length === this.values.length) this.values = this.moved(2 * this.length);
    this.values[this.length] = value;
    if (!this.holds(this.values[this.length], value)) this.widenFor(value);
    this.length++;
  }

  /** Appends the first `count` of `values`. */
  pushAll(values: ArrayLike<number>, count: number): void {
    for (let i = 0; i < count; i++) this.push(values[i]);
  }

  at(index: number): number {
    return this.values[index];
  }

  /** The numbers, in the smallest type; no more can be appended afterwards. */
  finish(): NumberColumn {
    const exact = this.values.subarray(0, this.length);
    if (exact instanceof Float64Array && exact.every((value) => Math.fround(value) === value)) {
      return Float32Array.from(exact);
    }
    return exact.slice();
  }

  private holds(stored: number, value: number): boolean {
    // An integer type reads back another number where this one does not fit, and has no -0.
    return stored === value && (this.kind === 3 || !Object.is(value, -0));
  }

  private widenFor(value: number): void {
    do {
      this.kind++;
      this.values = this.moved(this.values.length);
      this.values[this.length] = value;
    } while (!this.holds(this.values[this.length], value));
  }

  private moved(capacity: number): Int8Array | Int16Array | Int32Array | Float64Array {
    const moved = new GROWING[this.kind](capacity);
    moved.set(this.values.subarray(0, this.length));
    return moved;
  }
}
