import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { TensorType, ValueArray } from '../../graph/graph';
import { DATA_TYPE, shapeMessage, tensorMessage, type TensorFlowType } from './tensor-message';

const { Varint, Bit32, LengthDelimited } = WireType;

/** An AttrValue of tensorflow/core/framework/attr_value.proto, written out. */
export type Attribute = Uint8Array;

export const textAttribute = (text: string): Attribute =>
  new BinaryWriter().tag(2, LengthDelimited).string(text).finish();

export const intAttribute = (value: number): Attribute => new BinaryWriter().tag(3, Varint).int64(value).finish();

export const floatAttribute = (value: number): Attribute =>
  new BinaryWriter().tag(4, Bit32).float(Math.fround(value)).finish();

export const boolAttribute = (value: boolean): Attribute => new BinaryWriter().tag(5, Varint).bool(value).finish();

export const typeAttribute = (type: TensorFlowType): Attribute =>
  new BinaryWriter().tag(6, Varint).int32(DATA_TYPE[type]).finish();

export const shapeAttribute = (shape: readonly number[]): Attribute =>
  new BinaryWriter().tag(7, LengthDelimited).bytes(shapeMessage(shape)).finish();

export const tensorAttribute = (values: ValueArray, dtype: TensorType, shape: readonly number[]): Attribute =>
  new BinaryWriter()
    .tag(8, LengthDelimited)
    .bytes(tensorMessage(values, dtype, shape))
    .finish();

/** A list of whole numbers: AttrValue.ListValue.i. */
export function intsAttribute(values: readonly number[]): Attribute {
  const writer = new BinaryWriter().tag(1, LengthDelimited).fork().tag(3, LengthDelimited).fork();
  for (const value of values) writer.int64(value);
  return writer.join().join().finish();
}
