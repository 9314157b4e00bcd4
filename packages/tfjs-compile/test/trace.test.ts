import * as tf from '@tensorflow/tfjs-core';
import { CompileError, trace, type Graph } from '../src';
import { expectEqual } from './support/compare';
import { testEngine } from './support/engine';
import { interpret } from './support/interpret';

const kernelsOf = ({ operations }: Graph): string[] => operations.map(({ kernel }) => kernel);
const scalar = (value: number): tf.Variable => tf.tidy(() => tf.variable(tf.scalar(value)));

/** Runs the graph on one input `x` and reads the output `y`. */
function run(graph: Graph, x: tf.Tensor): number[] {
  const { y } = interpret(graph, { x });
  const values = Array.from(y.dataSync());
  y.dispose();
  return values;
}

beforeAll(testEngine);
beforeEach(() => tf.engine().startScope());
afterEach(() => {
  tf.engine().endScope();
  tf.disposeVariables();
});

describe('what a graph holds', () => {
  test('inputs, variables and constants are told apart', () => {
    const weight = scalar(3);
    const unused = scalar(7);
    const outside = tf.scalar(2);
    const graph = trace(({ x }) => ({ y: tf.add(tf.mul(x, weight), outside) }), { x: tf.tensor1d([1, 2]) });
    const [product, sum] = graph.operations;
    expect(kernelsOf(graph)).toEqual(['Multiply', 'Add']);
    expect(product.inputs['a']).toBe(graph.inputs.get('x'));
    expect(product.inputs['b']).toBe(graph.variables.find(({ variable }) => variable === weight)?.before);
    expect(graph.constants.get(sum.inputs['b'])).toEqual(Float32Array.of(2));
    expect(sum.outputs[0]).toBe(graph.outputs.get('y'));
    expect(graph.variables.every(({ after }) => after === undefined)).toBe(true);
    weight.assign(tf.scalar(10));
    unused.assign(tf.scalar(0));
    expect(run(graph, tf.tensor1d([1, 2]))).toEqual([12, 22]); // the variable's present value, the constant's old one
  });

  test('a tensor that shares the data of an input is a constant all the same', () => {
    const x = tf.tensor1d([1, 2]);
    const graph = trace((inputs) => ({ y: tf.add(inputs['x'], x) }), { x });
    expect(run(graph, tf.tensor1d([10, 20]))).toEqual([11, 22]);
  });

  test('convolutions are not computed, not those of constants either, but the graph is as if they were', () => {
    const [image, filter] = [tf.ones<tf.Rank.R4>([1, 3, 3, 1]), tf.ones<tf.Rank.R4>([2, 2, 1, 1])];
    let seen: tf.Tensor | undefined;
    const graph = trace(
      ({ x }) => {
        seen = tf.keep(tf.conv2d(image, filter, 1, 'same'));
        return { y: tf.mul(x, seen) };
      },
      { x: tf.scalar(1) },
    );
    expect(seen!.shape).toEqual([1, 3, 3, 1]);
    seen!.dispose();
    expect(run(graph, tf.scalar(10))).toEqual([40, 40, 20, 40, 40, 20, 20, 20, 10]);
  });

  test('an output may be an input, a variable or a constant as it is', () => {
    const weight = scalar(3);
    const graph = trace(({ x }) => ({ x, weight, one: tf.scalar(1) }), { x: tf.scalar(5) });
    expect(kernelsOf(graph)).toEqual([]);
    const found = interpret(graph, { x: tf.scalar(6) });
    expectEqual(found, { x: tf.scalar(6), weight: tf.scalar(3), one: tf.scalar(1) });
  });

  test('reshaped, cloned and cast tensors share data, not values', () => {
    const fn = ({ x }: tf.NamedTensorMap) => {
      const row = tf.reshape(x, [1, 4]);
      const column = tf.reshape(x, [4, 1]);
      const bool = tf.cast(x, 'bool');
      const back = tf.cast(bool, 'int32');
      return { y: tf.add(tf.matMul(row, column), tf.sum(tf.add(tf.clone(x), tf.cast(back, 'float32')))), x };
    };
    const x = tf.tensor1d([1, 2, 0, 4]);
    const graph = trace(fn, { x });
    expectEqual(interpret(graph, { x }), fn({ x }));
    expect(graph.outputs.get('x')?.shape).toEqual([4]);
  });

  test('kernels that other kernels call are not recorded', () => {
    const kernelFunc: tf.KernelFunc = ({ inputs: { x } }) => {
      const doubled = tf.engine().runKernel<tf.Tensor>('Add', { a: x as tf.Tensor, b: x as tf.Tensor });
      return tf.engine().runKernel<tf.Tensor>('Neg', { x: doubled });
    };
    tf.registerKernel({ kernelName: 'NegatedDouble', backendName: tf.getBackend(), kernelFunc });
    try {
      const double = (x: tf.Tensor) => tf.engine().runKernel<tf.Tensor>('NegatedDouble', { x });
      const graph = trace(({ x }) => ({ y: tf.abs(double(x)) }), { x: tf.tensor1d([1, 2]) });
      expect(kernelsOf(graph)).toEqual(['NegatedDouble', 'Abs']);
      expect(run(graph, tf.tensor1d([1, 2]))).toEqual([2, 4]);
    } finally {
      tf.unregisterKernel('NegatedDouble', tf.getBackend());
    }
  });

  test('gradients are recorded with the forward pass, once', () => {
    const weight = scalar(3);
    const fn = ({ x }: tf.NamedTensorMap) => {
      const { value, grads } = tf.variableGrads(() => tf.sum(tf.square(tf.mul(x, weight))) as tf.Scalar);
      return { loss: value, gradient: grads[weight.name] };
    };
    const graph = trace(fn, { x: tf.tensor1d([1, 2]) });
    expect(kernelsOf(graph).filter((kernel) => kernel === 'Square')).toHaveLength(1);
    const found = interpret(graph, { x: tf.tensor1d([1, 2]) });
    expectEqual(found, { loss: tf.scalar(45), gradient: tf.scalar(30) });
  });

  test('padding, strides and axes have one form', () => {
    const x = tf.ones([1, 5, 5, 2]);
    const graph = trace(
      (inputs) => {
        const y = inputs['x'] as tf.Tensor4D;
        return {
          convolved: tf.conv2d(y, tf.ones([3, 3, 2, 1]), 2, 'same'),
          pooled: tf.maxPool(y, 2, 2, 0, 'ceil'),
          largest: tf.max(y, -1),
          joined: tf.concat([y, y], -1),
        };
      },
      { x },
    );
    expect(Object.fromEntries(graph.operations.map(({ kernel, attributes }) => [kernel, attributes]))).toEqual({
      Conv2D: { strides: [2, 2], dilations: [1, 1], padding: [1, 1, 1, 1] },
      MaxPool: { filterSize: [2, 2], strides: [2, 2], padding: [0, 1, 0, 1] },
      Max: { axes: [3] },
      Concat: { axis: 3 },
    });
  });
});

describe('variables', () => {
  test('an assigned variable has a value before and one after, and is left as it was', () => {
    const steps = scalar(5);
    const read = scalar(1);
    const fn = ({ x }: tf.NamedTensorMap) => {
      const before = tf.mul(steps, 10);
      steps.assign(tf.add(steps, tf.sum(x)));
      return { y: tf.addN([before, steps, read]) };
    };
    const graph = trace(fn, { x: tf.tensor1d([1]) });
    expect(steps.dataSync()[0]).toBe(5);
    const assigned = graph.variables.filter(({ after }) => after).map(({ variable }) => variable);
    expect(assigned).toEqual([steps]);
    expect(run(graph, tf.tensor1d([1]))).toEqual([57]);
    expect(run(graph, tf.tensor1d([1]))).toEqual([68]);
    expect(steps.dataSync()[0]).toBe(7);
  });

  test('variables that share their data are different ones', () => {
    const slow = scalar(1);
    const fast = scalar(2);
    slow.assign(fast); // both hold the same data now
    const captured = fast.clone();
    const graph = trace(
      ({ x }) => {
        const early = tf.reshape(slow, [1]);
        const late = tf.reshape(fast, [1]);
        slow.assign(fast);
        return { y: tf.concat([early, late, tf.reshape(captured, [1]), x]) };
      },
      { x: tf.tensor1d([0]) },
    );
    fast.assign(tf.scalar(30));
    expect(run(graph, tf.tensor1d([4]))).toEqual([2, 30, 2, 4]);
    expect(slow.dataSync()[0]).toBe(30);
  });

  test('they are as before after an error, too', () => {
    const weight = scalar(5);
    const { dataId } = weight;
    const fn = () => {
      weight.assign(tf.scalar(6));
      throw new Error('mine');
    };
    expect(() => trace(fn, {})).toThrow('mine');
    expect(weight.dataSync()[0]).toBe(5);
    expect(weight.dataId).toBe(dataId);
  });

  test('of types that graphs do not have do not matter where they are not used', () => {
    tf.tidy(() => tf.variable(tf.tensor1d(['name'])));
    expect(kernelsOf(trace(({ x }) => ({ y: tf.neg(x) }), { x: tf.scalar(1) }))).toEqual(['Neg']);
  });
});

describe('what is left behind', () => {
  test('no tensor and no memory, the kernels as they were, reads and random numbers allowed', () => {
    const weight = scalar(3);
    const x = tf.tensor1d([1, 2]);
    const backend = tf.backend();
    const before = {
      tensors: tf.memory().numTensors,
      data: tf.memory().numDataBuffers,
      kernels: tf.getKernelsForBackend(tf.getBackend()),
      own: Object.getOwnPropertyNames(backend),
      random: Math.random,
    };
    const fn = (inputs: tf.NamedTensorMap) => {
      weight.assign(tf.add(weight, 1));
      return { y: tf.reshape(tf.mul(tf.add(inputs['x'], weight), tf.randomUniform([2], 0, 1, 'float32', 7)), [2, 1]) };
    };
    trace(fn, { x });
    expect(() => trace(() => ({ y: tf.scalar(x.dataSync()[0]) }), { x })).toThrow(CompileError);
    expect(tf.memory().numTensors).toBe(before.tensors);
    expect(tf.memory().numDataBuffers).toBe(before.data);
    const kernels = tf.getKernelsForBackend(tf.getBackend());
    expect(new Set(kernels)).toEqual(new Set(before.kernels));
    expect(Object.getOwnPropertyNames(backend)).toEqual(before.own);
    expect(Math.random).toBe(before.random);
    expect(Array.from(x.dataSync())).toEqual([1, 2]);
  });
});

describe('refusals name the place', () => {
  const x = () => tf.tensor1d([1, 2]);
  const here = /trace\.test\.ts:\d+:\d+/;

  test.each<[string, (inputs: tf.NamedTensorMap) => unknown, RegExp]>([
    ['dataSync()', ({ x }) => ({ y: tf.scalar(tf.neg(x).dataSync()[0]) }), /reads the values of a tensor/],
    ['arraySync()', ({ x }) => ({ y: tf.tensor((x as tf.Tensor1D).arraySync()) }), /reads the values of a tensor/],
    ['await data()', async ({ x }) => ({ y: tf.scalar((await x.data())[0]) }), /reads the values of a tensor/],
    ['array() unawaited', ({ x }) => (void x.array(), { y: x }), /reads the values of a tensor/],
    ['random numbers', ({ x }) => ({ y: tf.mul(x, tf.randomNormal([2])) }), /draws random numbers/],
    ['dropout', ({ x }) => ({ y: tf.dropout(x, 0.5) }), /draws random numbers/],
    [
      'AdamUpdate',
      ({ x }) => {
        const inputs = { value: x, gradient: x, firstMoment: tf.zerosLike(x), secondMoment: tf.zerosLike(x) };
        const attributes = {
          learningRate: 1,
          beta1: 0.9,
          beta2: 0.9,
          epsilon: 1,
          firstCorrection: 1,
          secondCorrection: 1,
        };
        return { y: tf.engine().runKernel<tf.Tensor>('AdamUpdate', inputs, attributes) };
      },
      /AdamUpdate.* overwrites its inputs/,
    ],
    ['strings', () => ({ y: tf.reshape(tf.tensor1d(['a', 'b']), [2, 1]) }), /found one of string/],
  ])('%s', (_, fn, message) => {
    const traced = () => trace(fn as (inputs: tf.NamedTensorMap) => tf.NamedTensorMap, { x: x() });
    expect(traced).toThrow(CompileError);
    expect(traced).toThrow(message);
    expect(traced).toThrow(here);
  });

  test('a refused read counts even where the function goes on without it', () => {
    const fn = ({ x }: tf.NamedTensorMap) => {
      try {
        x.dataSync();
      } catch {
        // goes on
      }
      return { y: tf.neg(x) };
    };
    expect(() => trace(fn, { x: x() })).toThrow(/reads the values/);
  });

  test('new variables, by their name', () => {
    const fn = ({ x }: tf.NamedTensorMap) => ({ y: tf.add(x, tf.variable(tf.scalar(1), true, 'late')) });
    expect(() => trace(fn, { x: x() })).toThrow(/makes the variable "late"/);
    expect(tf.engine().state.registeredVariables).not.toHaveProperty('late');
  });

  test('promises, and inputs of other types', () => {
    const fn = async ({ x }: tf.NamedTensorMap) => ({ y: tf.neg(x) });
    expect(() => trace(fn as unknown as () => tf.NamedTensorMap, { x: x() })).toThrow(
      /found one that returns a promise/,
    );
    expect(() => trace(({ x }) => ({ x }), { x: tf.tensor1d(['a']) })).toThrow(/found "x" of string/);
  });

  test('an operation of a gradient has the place where the gradient was asked for', () => {
    const graph = trace(({ x }) => ({ y: tf.grad((z) => tf.sum(tf.relu(tf.square(z))))(x) }), { x: x() });
    expect(graph.operations.length).toBeGreaterThan(3);
    for (const { callSite } of graph.operations) expect(callSite).toMatch(here);
  });
});
