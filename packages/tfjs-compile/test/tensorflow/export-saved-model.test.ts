import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import * as tf from '@tensorflow/tfjs';
import { useEngine, type EngineKind } from '@pose/tfjs-engine';
import { createModel } from '@pose/pose-models';
import { CompileError, exportSavedModel, trace } from '../../src/index';
import { deviation } from '../support/deviation';
import { describeOnNative } from '../support/native';

/** A message's fields that are messages or texts, by their numbers. */
function fields(message: Uint8Array): Map<number, Uint8Array[]> {
  const found = new Map<number, Uint8Array[]>();
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    if (type === WireType.LengthDelimited) found.set(number, [...(found.get(number) ?? []), reader.bytes()]);
    else reader.skip(type, number);
  }
  return found;
}

/** By name, the tensors of the signature `serving_default`: SavedModel.meta_graphs[0].signature_def[0]. */
function signatureOf(folder: string): Record<'inputs' | 'outputs', Record<string, string>> {
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const [graph] = fields(readFileSync(join(folder, 'saved_model.pb'))).get(2)!;
  const [entry] = fields(graph).get(5)!;
  expect(text(fields(entry).get(1)![0])).toBe('serving_default');
  const signature = fields(fields(entry).get(2)![0]);
  const tensors = (field: number) =>
    Object.fromEntries(
      (signature.get(field) ?? []).map((tensor) => {
        const [[name], [info]] = [fields(tensor).get(1)!, fields(tensor).get(2)!];
        return [text(name), text(fields(info).get(1)![0])];
      }),
    );
  return { inputs: tensors(1), outputs: tensors(2) };
}

let root: string;
beforeAll(() => useEngine({ prefer: (process.env.POSE_ENGINE ?? 'wasm') as EngineKind }));
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'saved-model-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const weighted = () => {
  const weight = tf.variable(tf.tensor1d([2, 3]));
  return trace(({ x, shift }) => ({ scaled: tf.add(tf.mul(x, weight), shift), same: x }), {
    x: tf.zeros([4, 2]),
    shift: tf.scalar(0),
  });
};

test('explicit padding is written, but not of a depthwise convolution: TensorFlow loses it where it fuses that', () => {
  const x = tf.zeros<tf.Rank.R4>([1, 8, 8, 2]);
  const filter = tf.ones<tf.Rank.R4>([3, 3, 2, 1]);
  const padding: tf.backend_util.ExplicitPadding = [[0, 0], [1, 1], [1, 1], [0, 0]]; // prettier-ignore
  const written = (name: string, convolve: (x: tf.Tensor4D) => tf.Tensor) => {
    const folder = join(root, name);
    exportSavedModel(
      trace((given) => ({ y: convolve(given['x'] as tf.Tensor4D) }), { x }),
      folder,
    );
    return readFileSync(join(folder, 'saved_model.pb'), 'latin1');
  };
  expect(written('plain', (image) => tf.conv2d(image, filter, 2, padding))).toContain('EXPLICIT');
  const depthwise = written('depthwise', (image) => tf.depthwiseConv2d(image, filter, 2, padding as never));
  expect(depthwise).not.toContain('EXPLICIT');
  expect(depthwise).toContain('Pad');
});

test('exportSavedModel(graph, folder) names inputs and outputs as the graph does', () => {
  const folder = join(root, 'new/model');
  exportSavedModel(weighted(), folder);
  const { inputs, outputs } = signatureOf(folder);
  expect([Object.keys(inputs), Object.keys(outputs)]).toEqual([
    ['x', 'shift'],
    ['scaled', 'same'],
  ]);
  for (const tensor of [...Object.values(inputs), ...Object.values(outputs)]) expect(tensor).toMatch(/^\w+:0$/);
  expect(readdirSync(join(root, 'new'))).toEqual(['model']);
});

test('refuses a folder with files in it, and leaves it as it was', () => {
  mkdirSync(join(root, 'model'));
  writeFileSync(join(root, 'model/notes.txt'), '');
  expect(() => exportSavedModel(weighted(), join(root, 'model'))).toThrow(CompileError);
  expect(() => exportSavedModel(weighted(), join(root, 'model'))).toThrow(
    /new folder .*model, but failed: .*ENOTEMPTY/,
  );
  expect([readdirSync(root), readdirSync(join(root, 'model'))]).toEqual([['model'], ['notes.txt']]);
});

test('refuses a graph that assigns variables', () => {
  const variable = tf.variable(tf.scalar(1), true, 'counter');
  const graph = trace(({ x }) => (variable.assign(tf.add(variable, 1)), { x }), { x: tf.scalar(0) });
  expect(() => exportSavedModel(graph, join(root, 'model'))).toThrow(/one that assigns 'counter'\. Trace the network/);
  expect(readdirSync(root)).toEqual([]);
  variable.dispose();
});

describeOnNative('what was exported', () => {
  test('gives, loaded by TensorFlow, what the network gives', () => {
    const model = createModel('pose_resnet18', { inputSize: [64, 96], keypoints: 5, seed: 3 });
    const image = tf.randomNormal([1, 96, 64, 3], 0, 1, 'float32', 5);
    const predict = ({ image }: tf.NamedTensorMap) => ({ heatmaps: model.predict(image) as tf.Tensor });
    exportSavedModel(trace(predict, { image }), join(root, 'model'));
    const { inputs, outputs } = signatureOf(join(root, 'model'));
    const { binding, ids } = withBinding();
    const id = binding.loadSavedModel(join(root, 'model'), 'serve');
    const [output] = binding.runSavedModel(id, ids([image]), inputs.image, outputs.heatmaps);
    const expected = predict({ image }).heatmaps;
    expect(deviation(binding.tensorDataSync(output.id), expected.dataSync())).toBeLessThan(1e-5);
    binding.deleteSavedModel(id);
  });
});

interface Binding {
  loadSavedModel(folder: string, tag: string): number;
  runSavedModel(id: number, inputs: number[], inputNames: string, outputNames: string): { id: number }[];
  tensorDataSync(id: number): Float32Array;
  deleteSavedModel(id: number): void;
}

function withBinding() {
  const backend = tf.backend() as unknown as { binding: Binding; getInputTensorIds(tensors: tf.Tensor[]): number[] };
  return { binding: backend.binding, ids: (tensors: tf.Tensor[]) => backend.getInputTensorIds(tensors) };
}
