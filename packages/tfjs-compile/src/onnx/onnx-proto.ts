import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { Value, ValueArray, ValueType } from '../graph/graph';

// The messages of onnx/onnx.proto in protobuf's wire format, field by field.
const { Varint, Bit32, LengthDelimited } = WireType;

/** The operators' version, and the file format's of its time (onnx/docs/Versioning.md). */
export const OPSET = 21;
const IR_VERSION = 10;

/** TensorProto.DataType. */
const DATA_TYPES = { float32: 1, int32: 6, int64: 7, bool: 9, float16: 10, bfloat16: 16 } as const;
export type OnnxType = keyof typeof DATA_TYPES;

export const dataType = (type: OnnxType): number => DATA_TYPES[type];

/** AttributeProto.AttributeType. */
const [FLOAT, INT, STRING, INTS] = [1, 2, 3, 7];

/** A whole number or a list of them, a text, or a float. */
export type AttributeValue = number | string | readonly number[] | { readonly float: number };

export interface OnnxNode {
  readonly opType: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

export interface OnnxTensor {
  readonly name: string;
  readonly type: OnnxType;
  readonly shape: readonly number[];
  readonly values: ValueArray | BigInt64Array;
}

export interface OnnxModel {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: ReadonlyMap<string, Value>;
  readonly outputs: ReadonlyMap<string, Value>;
}

/** A ModelProto. */
export function modelProto({ nodes, initializers, inputs, outputs }: OnnxModel): Uint8Array {
  const writer = new BinaryWriter()
    .tag(1, Varint)
    .int64(IR_VERSION)
    .tag(2, LengthDelimited)
    .string('@pose/tfjs-compile');
  writer.tag(7, LengthDelimited).fork();
  for (const node of nodes) writer.tag(1, LengthDelimited).bytes(nodeProto(node));
  writer.tag(2, LengthDelimited).string('graph');
  for (const tensor of initializers) writer.tag(5, LengthDelimited).bytes(tensorProto(tensor));
  for (const [name, value] of inputs) writer.tag(11, LengthDelimited).bytes(valueInfo(name, value));
  for (const [name, value] of outputs) writer.tag(12, LengthDelimited).bytes(valueInfo(name, value));
  writer.join();
  return writer.tag(8, LengthDelimited).fork().tag(2, Varint).int64(OPSET).join().finish();
}

function nodeProto({ opType, name, inputs, outputs, attributes }: OnnxNode): Uint8Array {
  const writer = new BinaryWriter();
  for (const input of inputs) writer.tag(1, LengthDelimited).string(input);
  for (const output of outputs) writer.tag(2, LengthDelimited).string(output);
  writer.tag(3, LengthDelimited).string(name).tag(4, LengthDelimited).string(opType);
  for (const attribute of Object.entries(attributes)) {
    writer.tag(5, LengthDelimited).bytes(attributeProto(...attribute));
  }
  return writer.finish();
}

function attributeProto(name: string, value: AttributeValue): Uint8Array {
  const writer = new BinaryWriter().tag(1, LengthDelimited).string(name);
  const type = (number: number) => writer.tag(20, Varint).int32(number).finish();
  if (typeof value === 'number') {
    writer.tag(3, Varint).int64(value);
    return type(INT);
  }
  if (typeof value === 'string') {
    writer.tag(4, LengthDelimited).string(value);
    return type(STRING);
  }
  if ('float' in value) {
    writer.tag(2, Bit32).float(Math.fround(value.float));
    return type(FLOAT);
  }
  for (const one of value) writer.tag(8, Varint).int64(one);
  return type(INTS);
}

function tensorProto({ name, type, shape, values }: OnnxTensor): Uint8Array {
  const writer = new BinaryWriter();
  for (const side of shape) writer.tag(1, Varint).int64(side);
  const { buffer, byteOffset, byteLength } = values;
  writer.tag(2, Varint).int32(DATA_TYPES[type]).tag(8, LengthDelimited).string(name);
  return writer
    .tag(9, LengthDelimited)
    .bytes(new Uint8Array(buffer, byteOffset, byteLength))
    .finish();
}

function valueInfo(name: string, { shape, dtype }: { shape: readonly number[]; dtype: ValueType }): Uint8Array {
  const writer = new BinaryWriter().tag(1, LengthDelimited).string(name).tag(2, LengthDelimited).fork();
  writer.tag(1, LengthDelimited).fork().tag(1, Varint).int32(DATA_TYPES[dtype]).tag(2, LengthDelimited).fork();
  for (const side of shape) writer.tag(1, LengthDelimited).fork().tag(1, Varint).int64(side).join();
  return writer.join().join().join().finish();
}
