import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { OPERATORS } from '../../src/onnx/operators/operators';
import { testEngine } from '../support/engine';
import { KERNEL_CASES } from '../support/kernel-cases/kernel-cases';
import { onnxDifference } from './difference';

beforeAll(testEngine);

describe("ONNX Runtime computes what the engine's kernels do", () => {
  test.each(KERNEL_CASES)('%s (case %#)', async (kernel, makeInputs, run) => {
    if (!tf.getKernel(kernel, tf.getBackend())) return; // an engine's own
    const inputs = Object.fromEntries(makeInputs().map((input, i) => [`input${i}`, input]));
    const fn = (given: tf.NamedTensorMap) =>
      Object.fromEntries([run(...Object.values(given))].flat().map((output, i) => [`output${i}`, output]));
    expect(await onnxDifference(fn, inputs)).toBeLessThan(1e-5);
    tf.dispose(inputs);
  });

  it('has a case for each kernel that it can compute', () => {
    const kernels = new Set(KERNEL_CASES.map(([kernel]) => kernel));
    expect(Object.keys(OPERATORS).filter((kernel) => !kernels.has(kernel))).toEqual([]);
  });
});
