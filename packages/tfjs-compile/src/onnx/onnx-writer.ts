import { isReduced, type Operation, type Value, type ValueArray } from '../graph/graph';
import type { OnnxProvider } from './onnx-provider';
import { dataType, type AttributeValue, type OnnxNode, type OnnxTensor, type OnnxType } from './onnx-proto';

/**
 * Writes a kernel as ONNX nodes.
 *
 * @returns the names of the kernel's outputs
 */
export type Emit = (operation: Operation, onnx: OnnxWriter) => string | readonly string[];

/** The nodes and constants of an ONNX graph as they are written. Tensors are known by their names. */
export class OnnxWriter {
  readonly nodes: OnnxNode[] = [];
  readonly initializers: OnnxTensor[] = [];
  readonly #names = new Map<Value, string>();
  readonly #made = new Map<string, string>();
  readonly #reshapedFrom = new Map<string, string>();
  #prefix = '';
  #count = 0;

  /** @param provider  that will run the graph: some lack operators that others have */
  constructor(readonly provider: OnnxProvider) {}

  /** Names the nodes that follow: 'Conv2D_12/Transpose_40'. */
  startOperation(name: string): void {
    this.#prefix = `${name}/`;
  }

  bind(value: Value, name: string): void {
    this.#names.set(value, name);
  }

  nameOf(value: Value): string {
    return this.#names.get(value)!;
  }

  /** A node of one output. */
  node(opType: string, inputs: readonly string[], attributes: OnnxNode['attributes'] = {}): string {
    return this.outputsOf(opType, inputs, attributes, 1)[0];
  }

  outputsOf(
    opType: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>>,
    outputCount: number,
  ): string[] {
    const name = `${this.#prefix}${opType}_${this.#count++}`;
    const outputs = Array.from({ length: outputCount }, (_, i) => (i === 0 ? name : `${name}:${i}`));
    this.nodes.push({ opType, name, inputs, outputs, attributes });
    return outputs;
  }

  /** What has been made under this key, or is made now: a transposed filter that two nodes take, say. */
  once(key: string, make: () => string): string {
    let name = this.#made.get(key);
    if (name === undefined) this.#made.set(key, (name = make()));
    return name;
  }

  constant(type: OnnxType, shape: readonly number[], values: ValueArray | BigInt64Array): string {
    const name = `constant_${this.initializers.length}`;
    this.initializers.push({ name, type, shape, values });
    return name;
  }

  /** A list of int64: a shape, axes, ... */
  ints(values: readonly number[]): string {
    const make = () => this.constant('int64', [values.length], BigInt64Array.from(values, BigInt));
    return this.once(`ints ${values.join()}`, make);
  }

  /** A float32 scalar. */
  float(value: number): string {
    return this.once(`float ${value}`, () => this.constant('float32', [], Float32Array.of(value)));
  }

  /** A scalar of a value's type. */
  scalar(value: number, { dtype }: Pick<Value, 'dtype'>): string {
    if (isReduced(dtype)) return this.once(`${dtype} ${value}`, () => this.cast(this.float(value), dtype));
    if (dtype === 'float32') return this.float(value);
    const values = dtype === 'int32' ? Int32Array.of(value) : Uint8Array.of(value);
    return this.once(`${dtype} ${value}`, () => this.constant(dtype, [], values));
  }

  cast(name: string, type: OnnxType): string {
    return this.node('Cast', [name], { to: dataType(type) });
  }

  /** A value as float32, whatever float it is. */
  floatOf(value: Value): string {
    const name = this.nameOf(value);
    return isReduced(value.dtype) ? this.once(`${name} as float32`, () => this.cast(name, 'float32')) : name;
  }

  /** What was computed in float32, as a value's type. */
  fromFloat(name: string, { dtype }: Pick<Value, 'dtype'>): string {
    return isReduced(dtype) ? this.cast(name, dtype) : name;
  }

  /** Numbers of float32, as a value's type. */
  floats(shape: readonly number[], values: Float32Array, { dtype }: Pick<Value, 'dtype'>): string {
    return this.fromFloat(this.constant('float32', shape, values), { dtype });
  }

  /** Of what has been reshaped already, from its first form; each form once. */
  reshape(name: string, shape: readonly number[]): string {
    const from = this.#reshapedFrom.get(name) ?? name;
    const made = this.once(`${from} as ${shape.join()}`, () => this.node('Reshape', [from, this.ints(shape)]));
    this.#reshapedFrom.set(made, from);
    return made;
  }

  transpose(name: string, perm: readonly number[]): string {
    return this.node('Transpose', [name], { perm });
  }
}
