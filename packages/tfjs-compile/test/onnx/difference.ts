import { dispose, tidy, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';
import { openOnnx, trace, type TensorFunction } from '../../src';
import { deviation } from '../support/deviation';

/**
 * The largest difference of any output between a function run eagerly and its graph run by ONNX Runtime, relative to
 * the output's largest value.
 */
export async function onnxDifference(fn: TensorFunction, inputs: NamedTensorMap): Promise<number> {
  const executable = await openOnnx(trace(fn, inputs));
  const expected = tidy(() => fn(inputs));
  const found = await executable.run(inputs);
  await executable.dispose();
  expect(Object.keys(found)).toEqual(Object.keys(expected));
  const differences = Object.entries(expected).map(([name, tensor]) => difference(tensor, found[name]));
  dispose([expected, found]);
  return Math.max(...differences);
}

function difference(expected: Tensor, found: Tensor): number {
  expect([found.dtype, found.shape]).toEqual([expected.dtype, expected.shape]);
  return deviation(found.dataSync(), expected.dataSync());
}
