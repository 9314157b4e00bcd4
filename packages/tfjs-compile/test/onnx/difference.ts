import { dispose, tidy, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';
import { trace, type OnnxProvider, type TensorFunction } from '../../src';
import { emitOnnx } from '../../src/onnx/emit-onnx';
import { openModel } from '../../src/onnx/open-onnx';
import { deviation } from '../support/deviation';

/** What runs the models: another one where the environment names it, a GPU's. */
const PROVIDER = (process.env['ONNX_PROVIDER'] ?? 'cpu') as OnnxProvider;
/** For whom they are written. The CPU runs what is written for GPUs as well. */
const WRITTEN_FOR: readonly OnnxProvider[] = PROVIDER === 'cpu' ? ['cpu', 'webgpu'] : [PROVIDER];

/**
 * The largest difference of any output between a function run eagerly and its graph run by ONNX Runtime, relative to
 * the output's largest value; as written for the CPU, and as written for GPUs.
 */
export async function onnxDifference(
  fn: TensorFunction,
  inputs: NamedTensorMap,
  writtenFor = WRITTEN_FOR,
): Promise<number> {
  const graph = trace(fn, inputs);
  const expected = tidy(() => fn(inputs));
  const differences: number[] = [];
  for (const provider of writtenFor) {
    const executable = await openModel(graph, emitOnnx(graph, provider), PROVIDER);
    const found = await executable.run(inputs);
    await executable.dispose();
    expect(Object.keys(found)).toEqual(Object.keys(expected));
    differences.push(...Object.entries(expected).map(([name, tensor]) => difference(tensor, found[name])));
    dispose(found);
  }
  dispose(expected);
  return Math.max(...differences);
}

function difference(expected: Tensor, found: Tensor): number {
  expect([found.dtype, found.shape]).toEqual([expected.dtype, expected.shape]);
  return deviation(found.dataSync(), expected.dataSync());
}
