import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { Value } from '../../graph/graph';
import type { Attribute } from './attribute';
import { DATA_TYPE, shapeMessage } from './tensor-message';

const { Varint, LengthDelimited } = WireType;

/** The tag of models that are served; loading one names it. */
export const SAVED_MODEL_TAG = 'serve';

/** The version of GraphDef (tensorflow/core/public/version.h) of TensorFlow 2.9, that of tfjs-node 4.22. */
const GRAPH_VERSION = 1087;

/** A tensor of a graph, `node:0`, and what it is. */
export interface SignatureTensor extends Value {
  readonly tensor: string;
}

/** What to feed and to fetch, by name. */
export interface Signature {
  readonly inputs: ReadonlyMap<string, SignatureTensor>;
  readonly outputs: ReadonlyMap<string, SignatureTensor>;
}

/**
 * NodeDef of tensorflow/core/framework/node_def.proto.
 *
 * @param inputs  tensors, `node` or `node:1`, then nodes to wait for, `^node`
 */
export function nodeMessage(
  name: string,
  op: string,
  inputs: readonly string[],
  attributes: Readonly<Record<string, Attribute>>,
): Uint8Array {
  const writer = new BinaryWriter().tag(1, LengthDelimited).string(name).tag(2, LengthDelimited).string(op);
  for (const input of inputs) writer.tag(3, LengthDelimited).string(input);
  for (const [key, value] of Object.entries(attributes)) entry(writer, 5, key, value);
  return writer.finish();
}

/**
 * A SavedModel of one graph, without variables (tensorflow/core/protobuf/{saved_model,meta_graph}.proto and
 * tensorflow/core/framework/graph.proto).
 *
 * @param nodes      from `nodeMessage`
 * @param signature  of `serving_default`; default none
 */
export function savedModelMessage(nodes: readonly Uint8Array[], signature?: Signature): Uint8Array {
  const graph = new BinaryWriter();
  for (const node of nodes) graph.tag(1, LengthDelimited).bytes(node);
  graph.tag(4, LengthDelimited).fork().tag(1, Varint).int32(GRAPH_VERSION).join();
  const writer = new BinaryWriter().tag(1, Varint).int64(1).tag(2, LengthDelimited).fork();
  writer.tag(1, LengthDelimited).fork().tag(4, LengthDelimited).string(SAVED_MODEL_TAG).join();
  writer.tag(2, LengthDelimited).bytes(graph.finish());
  if (signature) entry(writer, 5, 'serving_default', signatureMessage(signature));
  return writer.join().finish();
}

function signatureMessage({ inputs, outputs }: Signature): Uint8Array {
  const writer = new BinaryWriter();
  for (const [name, tensor] of inputs) entry(writer, 1, name, tensorInfoMessage(tensor));
  for (const [name, tensor] of outputs) entry(writer, 2, name, tensorInfoMessage(tensor));
  return writer.tag(3, LengthDelimited).string('tensorflow/serving/predict').finish();
}

function tensorInfoMessage({ tensor, dtype, shape }: SignatureTensor): Uint8Array {
  const writer = new BinaryWriter().tag(1, LengthDelimited).string(tensor).tag(2, Varint).int32(DATA_TYPE[dtype]);
  return writer.tag(3, LengthDelimited).bytes(shapeMessage(shape)).finish();
}

/** An entry of a map of messages. */
function entry(writer: BinaryWriter, field: number, key: string, value: Uint8Array): void {
  writer.tag(field, LengthDelimited).fork().tag(1, LengthDelimited).string(key);
  writer.tag(2, LengthDelimited).bytes(value).join();
}
