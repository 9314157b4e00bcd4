import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { CompileError, trace } from '../src';
import { KERNELS_OF_KNOWN_SHAPE, outputShapes } from '../src/trace/output-shapes';
import { testEngine } from './support/engine';
import { KERNEL_CASES } from './support/kernel-cases/kernel-cases';

/** Of a kernel's outputs. */
type Shapes = { kernel: string; known: number[][]; found: number[][] };

/** Of each kernel that runs meanwhile: what is known of its outputs' shapes, and what they are. */
function shapesOf(run: () => void): Shapes[] {
  const kernels = tf.getKernelsForBackend(tf.getBackend());
  const seen: Shapes[] = [];
  const replace = (others: tf.KernelConfig[]) =>
    others.forEach((kernel) => {
      tf.unregisterKernel(kernel.kernelName, kernel.backendName);
      tf.registerKernel(kernel);
    });
  const watched = kernels.map((kernel): tf.KernelConfig => ({
    ...kernel,
    kernelFunc: (params) => {
      const known = outputShapes(kernel.kernelName, params.inputs as Record<string, tf.TensorInfo>, params.attrs ?? {});
      const made = kernel.kernelFunc(params);
      // An engine's own BatchNormTrain gives more, to its gradient alone.
      const found = [made]
        .flat()
        .slice(0, known?.length)
        .map(({ shape }) => shape);
      if (known) seen.push({ kernel: kernel.kernelName, known: known.map((shape) => [...shape]), found });
      return made;
    },
  }));
  replace(watched);
  try {
    run();
  } finally {
    replace(kernels);
  }
  return seen;
}

beforeAll(testEngine);

test('the shapes that are known without computing are those that the kernels give', () => {
  const seen = KERNEL_CASES.filter(([kernel]) => tf.getKernel(kernel, tf.getBackend())).flatMap(([, makeInputs, run]) =>
    tf.tidy(() => {
      const inputs = makeInputs();
      return shapesOf(() => void run(...inputs));
    }),
  );
  expect(seen.map(({ kernel, known }) => [kernel, known])).toEqual(seen.map(({ kernel, found }) => [kernel, found]));
  const kernels = new Set(seen.map(({ kernel }) => kernel));
  const here = KERNELS_OF_KNOWN_SHAPE.filter((kernel) => tf.getKernel(kernel, tf.getBackend()));
  expect(here.filter((kernel) => !kernels.has(kernel))).toEqual([]);
});

test('tracing takes no memory for what it does not compute: 32 GiB here', () => {
  const graph = trace(
    ({ x }) => {
      const wide = tf.tile(x, [2 ** 28]);
      const squares = Array.from({ length: 32 }, (_, i) => tf.mul(tf.square(wide), i));
      return { y: tf.sum(tf.addN(squares)) };
    },
    { x: tf.tensor1d([1]) },
  );
  expect(graph.outputs.get('y')?.shape).toEqual([]);
  expect(graph.operations.length).toBeGreaterThan(64);
});

test('kernels that are computed find zeros where nothing was computed; what outlives the trace has no values', async () => {
  let kept: tf.Tensor[] = [];
  const { numTensors, numDataBuffers } = tf.memory();
  tf.tidy(() => {
    trace(
      ({ x }) => {
        const square = tf.square(x);
        kept = [tf.cos(square), tf.add(square, 1), tf.clone(square)].map((tensor) => tf.keep(tensor));
        return { y: kept[0] };
      },
      { x: tf.tensor1d([1, 2]) },
    );
  });
  const [computed, sum, clone] = kept;
  expect(Array.from(computed.dataSync())).toEqual([1, 1]);
  expect(() => sum.dataSync()).toThrow(/^This tensor was made while a function was compiled, which computes no values/);
  expect(() => tf.neg(clone)).toThrow(CompileError);
  await expect(clone.data()).rejects.toThrow(CompileError);
  tf.dispose(kept);
  expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
});
