import type { OpAttributes } from '../kernels/run-op';

/** An op of a graph on float32. */
export interface GraphNode {
  name: string;
  /** As TensorFlow registers it. */
  op: string;
  /** Names of placeholders and of other nodes, of which the first output is taken. */
  inputs: string[];
  attributes?: OpAttributes;
}

/** Inputs of a graph: name and type. Any shape goes in. */
export type Placeholders = Record<string, 'DT_FLOAT' | 'DT_INT32'>;

export const SAVED_MODEL_TAG = 'serve';

/**
 * A SavedModel in protobuf's text format, which TensorFlow reads as saved_model.pbtxt: a graph, no variables, no
 * signatures (tensorflow/core/protobuf/saved_model.proto and tensorflow/core/framework/graph.proto).
 */
export function savedModelText(placeholders: Placeholders, nodes: readonly GraphNode[]): string {
  const inputs = Object.entries(placeholders).map(([name, type]) =>
    nodeText(
      name,
      'Placeholder',
      [],
      [typeAttribute('dtype', type), 'key: "shape" value { shape { unknown_rank: true } }'],
    ),
  );
  const ops = nodes.map(({ name, op, inputs: from, attributes = {} }) =>
    nodeText(name, op, from, [typeAttribute('T', 'DT_FLOAT'), ...Object.entries(attributes).map(attributeText)]),
  );
  const graph = `graph_def {\n${[...inputs, ...ops].join('')}}\n`;
  return `saved_model_schema_version: 1\nmeta_graphs {\nmeta_info_def { tags: "${SAVED_MODEL_TAG}" }\n${graph}}\n`;
}

function nodeText(name: string, op: string, inputs: string[], attributes: string[]): string {
  const lines = [...inputs.map((input) => `input: "${input}"`), ...attributes.map((text) => `attr { ${text} }`)];
  return `node { name: "${name}" op: "${op}"\n${lines.map((line) => `${line}\n`).join('')}}\n`;
}

function typeAttribute(name: string, type: string): string {
  return `key: "${name}" value { type: ${type} }`;
}

function attributeText([name, value]: [string, OpAttributes[string]]): string {
  const text = {
    string: () => `s: "${value as string}"`,
    boolean: () => `b: ${value as boolean}`,
    object: () => `list { ${(value as number[]).map((i) => `i: ${i}`).join(' ')} }`,
  }[typeof value as 'string' | 'boolean' | 'object'];
  return `key: "${name}" value { ${text()} }`;
}
