import * as tf from '@tensorflow/tfjs';
import { useEngine } from '@pose/tfjs-engine';
import { openTensorFlow, trace, type Graph } from '../../src/index';
import { ALL_KERNELS } from '../../src/tensorflow/kernels/all-kernels';
import { deviation } from '../support/deviation';
import { eachReduced } from '../support/each-reduced';
import { interpret } from '../support/interpret';
import type { KernelCase } from '../support/kernel-cases/kernel-case';
import { KERNEL_CASES } from '../support/kernel-cases/kernel-cases';
import { describeOnNative } from '../support/native';

function tracedCase([, makeInputs, run]: KernelCase) {
  const tensors = Object.fromEntries(makeInputs().map((input, i) => [`input${i}`, input]));
  const fn = (inputs: tf.NamedTensorMap) =>
    Object.fromEntries([run(...Object.values(inputs))].flat().map((output, i) => [`output${i}`, output]));
  return { tensors, fn, graph: trace(fn, tensors) };
}

/** @param tolerance  of each output's largest number, itself allowed */
async function expectFromTensorFlow(
  graph: Graph,
  tensors: tf.NamedTensorMap,
  expected: tf.NamedTensorMap,
  tolerance: number,
) {
  const executable = await openTensorFlow(graph);
  const actual = await executable.run(tensors);
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  for (const [key, tensor] of Object.entries(expected)) {
    expect(actual[key]).toMatchObject({ shape: tensor.shape, dtype: tensor.dtype });
    expect(deviation(actual[key].dataSync(), tensor.dataSync())).toBeLessThanOrEqual(tolerance);
  }
  await executable.dispose();
  tf.dispose([tensors, expected, actual]);
}

describeOnNative("TensorFlow's ops compute what the kernels do", () => {
  beforeAll(() => useEngine({ prefer: 'native' }));

  test.each(KERNEL_CASES)('%s (case %#)', async (...one) => {
    const { graph, tensors, fn } = tracedCase(one);
    expect(graph.operations.map(({ kernel }) => kernel)).toContain(one[0]);
    await expectFromTensorFlow(
      graph,
      tensors,
      tf.tidy(() => fn(tensors)),
      1e-5,
    );
  });

  // Sums are rounded once, or after each of the up to four windows that a pixel lies in. In float16, some processors round
  // each addition.
  test.each([
    ['bfloat16', 8, 4],
    ['float16', 11, 8],
  ] as const)('in %s as well, to its %i bits, those that may have it', async (type, bits, roundings) => {
    let count = 0;
    for (const one of KERNEL_CASES) {
      const { graph, tensors } = tracedCase(one);
      const reduced = eachReduced(graph, type);
      if (reduced.operations.length === graph.operations.length) continue;
      count++;
      await expectFromTensorFlow(reduced, tensors, interpret(reduced, tensors), roundings * 2 ** -bits);
    }
    expect(count).toBeGreaterThan(150);
  });
});

test('each kernel that TensorFlow can compute has a case', () => {
  const kernels = new Set(KERNEL_CASES.map(([kernel]) => kernel));
  expect([...ALL_KERNELS.keys()].filter((kernel) => !kernels.has(kernel))).toEqual([]);
});
