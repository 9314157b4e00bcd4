import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { TensorType, ValueArray, ValueType } from '../../graph/graph';

const { Varint, LengthDelimited } = WireType;

/** The types of a graph's tensors, and a handle of a variable. */
export type TensorFlowType = ValueType | 'resource';

/** DataType of tensorflow/core/framework/types.proto. */
export const DATA_TYPE: Readonly<Record<TensorFlowType, number>> = {
  ...{ float32: 1, int32: 3, bool: 10, bfloat16: 14, float16: 19, resource: 20 },
};

/** TensorShapeProto of tensorflow/core/framework/tensor_shape.proto. */
export function shapeMessage(shape: readonly number[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const side of shape) writer.tag(2, LengthDelimited).fork().tag(1, Varint).int64(side).join();
  return writer.finish();
}

/** TensorProto of tensorflow/core/framework/tensor.proto, its values as bytes (little-endian, as those of the array). */
export function tensorMessage(values: ValueArray, dtype: TensorType, shape: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return new BinaryWriter()
    .tag(1, Varint)
    .int32(DATA_TYPE[dtype])
    .tag(2, LengthDelimited)
    .bytes(shapeMessage(shape))
    .tag(4, LengthDelimited)
    .bytes(bytes)
    .finish();
}
