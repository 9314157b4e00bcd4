import { isReduced, sizeOf, type TensorType, type Value, type ValueArray, type ValueType } from '../graph/graph';
import { shapeAttribute, tensorAttribute, typeAttribute, type Attribute } from './message/attribute';
import { nodeMessage } from './message/saved-model-message';
import type { TensorFlowType } from './message/tensor-message';

export type NodeAttributes = Readonly<Record<string, Attribute>>;

/** Constants up to this size are looked up: shapes, axes, paddings. */
const SMALL = 16;

/** The nodes of a TensorFlow graph, one after the other. A node's name stands for its first output. */
export class GraphBuilder {
  readonly nodes: Uint8Array[] = [];
  readonly #small = new Map<string, string>();
  readonly #consumers = new Map<string, string[]>();

  /**
   * @param inputs  outputs of nodes, `node` or `node:1`, then nodes to wait for, `^node`
   * @returns the node's name
   */
  add(op: string, inputs: readonly string[], attributes: NodeAttributes = {}): string {
    const name = `${op.replace(/^_/, '')}_${this.nodes.length}`;
    this.nodes.push(nodeMessage(name, op, inputs, attributes));
    for (const input of inputs) this.#consumers.set(input, [...this.consumersOf(input), name]);
    return name;
  }

  /** The nodes that take an output of a node. */
  consumersOf(output: string): readonly string[] {
    return this.#consumers.get(output) ?? [];
  }

  /** Something to fetch that is there once other nodes have run. */
  after(nodes: readonly string[]): string {
    const truth = Uint8Array.of(1);
    const attributes = { dtype: typeAttribute('bool'), value: tensorAttribute(truth, 'bool', []) };
    return this.add(
      'Const',
      nodes.map((node) => `^${node}`),
      attributes,
    );
  }

  /** An op whose attribute `T` is the type of what it takes. */
  addTyped(op: string, type: TensorFlowType, inputs: readonly string[], attributes: NodeAttributes = {}): string {
    return this.add(op, inputs, { T: typeAttribute(type), ...attributes });
  }

  placeholder({ dtype, shape }: Value): string {
    return this.add('Placeholder', [], { dtype: typeAttribute(dtype), shape: shapeAttribute(shape) });
  }

  constant(values: ValueArray, dtype: TensorType, shape: readonly number[]): string {
    const add = () =>
      this.add('Const', [], { dtype: typeAttribute(dtype), value: tensorAttribute(values, dtype, shape) });
    if (sizeOf({ shape }) > SMALL) return add();
    const key = `${dtype} [${shape.join()}] ${Array.from(values, (value) => (Object.is(value, -0) ? '-0' : value)).join()}`;
    const name = this.#small.get(key) ?? add();
    this.#small.set(key, name);
    return name;
  }

  /** A list of whole numbers. */
  ints(values: readonly number[]): string {
    return this.constant(Int32Array.from(values), 'int32', [values.length]);
  }

  /** Rows of two whole numbers. */
  pairs(values: readonly (readonly number[])[]): string {
    return this.constant(Int32Array.from(values.flat()), 'int32', [values.length, 2]);
  }

  int(value: number): string {
    return this.constant(Int32Array.of(value), 'int32', []);
  }

  /** A tensor as another type. */
  cast(tensor: string, from: ValueType, to: ValueType): string {
    return from === to ? tensor : this.add('Cast', [tensor], { SrcT: typeAttribute(from), DstT: typeAttribute(to) });
  }

  scalar(value: number, dtype: ValueType): string {
    if (isReduced(dtype)) return this.cast(this.scalar(value, 'float32'), 'float32', dtype);
    const array = { float32: Float32Array, int32: Int32Array, bool: Uint8Array }[dtype];
    return this.constant(array.of(value), dtype, []);
  }
}
