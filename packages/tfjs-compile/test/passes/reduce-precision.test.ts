import * as tf from '@tensorflow/tfjs-core';
import { optimize, reducePrecision, trace, type Graph, type Operation, type TensorFunction } from '../../src';
import { expectEqual } from '../support/compare';
import { testEngine } from '../support/engine';
import { interpret } from '../support/interpret';
import { randomProgram } from '../support/random-program';
import { roundTo } from '../support/round-to';
import { eagerOutcome, outcomeOf } from '../support/run-program';

const images = () => tf.randomNormal<tf.Rank.R4>([2, 6, 6, 3], 0, 1, 'float32', 1);
const filterOf = (from: number, to: number) => tf.randomNormal<tf.Rank.R4>([3, 3, from, to], 0, 0.3, 'float32', 2);

beforeAll(testEngine);
beforeEach(() => tf.engine().startScope());
afterEach(() => {
  tf.engine().endScope();
  tf.disposeVariables();
});

const reduced = (fn: TensorFunction, inputs: tf.NamedTensorMap, type: 'bfloat16' | 'float16' = 'bfloat16'): Graph =>
  reducePrecision(optimize(trace(fn, inputs)), type);

const SHORT = { float32: 'f', bfloat16: 'b', float16: 'h', int32: 'i', bool: 't' };

/** `Conv2D(bb)b`: each kernel with the types that it takes and gives. */
const typesOf = ({ operations }: Graph): string[] =>
  operations.map(({ kernel, inputs, outputs }: Operation) => {
    const [taken, given] = [Object.values(inputs), outputs].map((values) =>
      values.map(({ dtype }) => SHORT[dtype]).join(''),
    );
    return `${kernel}(${taken})${given}`;
  });

test('roundTo() rounds as the formats do', () => {
  expect([1 + 2 ** -8, 1 + 3 * 2 ** -8, 3.4e38, -1e-40].map((x) => roundTo('bfloat16', x))).toEqual([
    ...[1, 1 + 2 ** -6, Infinity],
    -(2 ** -133), // the smallest; 1e-40 is 1.09 of it
  ]);
  expect([2049, 2051, 65519, 65520, 2 ** -25, 1.5 * 2 ** -24].map((x) => roundTo('float16', x))).toEqual([
    ...[2048, 2052, 65504, Infinity, 0, 2 * 2 ** -24],
  ]);
});

describe('reducePrecision()', () => {
  test('what lies between convolutions has their type, and each value is cast once', () => {
    const [first, second] = [filterOf(3, 4), filterOf(4, 4)];
    const fn: TensorFunction = ({ x }) => {
      const a = tf.relu(tf.conv2d(x as tf.Tensor4D, first, 1, 'same'));
      const b = tf.maxPool(tf.pad(a, [[0, 0], [1, 1], [1, 1], [0, 0]]) as tf.Tensor4D, 3, 1, 'valid'); // prettier-ignore
      const c = tf.add(tf.conv2d(b, second, 1, 'same'), a);
      return { y: tf.concat([c, tf.conv2d(b, second, 1, 'same')], 3), a };
    };
    const inputs = { x: images() };
    const graph = reduced(fn, inputs);
    expect(typesOf(graph)).toEqual([
      ...['Cast(f)b', 'Cast(f)b', 'Conv2D(bb)b', 'Relu(b)b', 'PadV2(b)b', 'MaxPool(b)b', 'Cast(f)b', 'Conv2D(bb)b'],
      ...['Add(bb)b', 'Concat(bb)b', 'Cast(b)f', 'Cast(b)f'],
    ]);
    expectEqual(interpret(graph, inputs), interpret(trace(fn, inputs), inputs), 3 * 2 ** -8);
    expect(typesOf(reducePrecision(graph, 'bfloat16'))).toEqual(typesOf(graph));
  });

  test('losses, reductions and exponentials stay float32, and a value that was only rounded for a product does not count', () => {
    const filter = filterOf(3, 3);
    const fn: TensorFunction = ({ x, target }) => {
      const y = tf.conv2d(x as tf.Tensor4D, filter, 1, 'same');
      return { loss: tf.mean(tf.squaredDifference(y, target)), p: tf.softmax(y), more: tf.add(x, y), x: tf.neg(x) };
    };
    expect(typesOf(reduced(fn, { x: images(), target: images() })).sort()).toEqual([
      ...['Add(ff)f', 'Cast(b)f', 'Cast(f)b', 'Cast(f)b', 'Conv2D(bb)b', 'Mean(f)f', 'Neg(f)f', 'Softmax(f)f'],
      'SquaredDifference(ff)f',
    ]);
  });

  test('a bias and a number for all take the type of the images', () => {
    const bias = tf.tensor1d([1, 2, 3]);
    const fn: TensorFunction = ({ x }) => {
      const y = tf.conv2dTranspose(x as tf.Tensor4D, filterOf(3, 3), [2, 6, 6, 3], 1, 'same');
      return { y: tf.mul(tf.add(y, bias), 0.5) };
    };
    expect(typesOf(reduced(fn, { x: images() }))).toEqual([
      ...['Cast(f)b', 'Cast(f)b', 'Conv2DBackpropInput(bb)b', 'Cast(f)b', 'Add(bb)b', 'Cast(f)b', 'Multiply(bb)b'],
      'Cast(b)f',
    ]);
  });

  test('a training step: weights, their gradients and all statistics are float32', () => {
    const [filter, head] = [filterOf(3, 4), filterOf(4, 2)].map((value) => tf.variable<tf.Rank.R4>(value));
    const [scale, offset] = [tf.ones<tf.Rank.R1>([4]), tf.zeros<tf.Rank.R1>([4])].map((value) =>
      tf.variable<tf.Rank.R1>(value),
    );
    const inputs = { x: images(), target: tf.ones([2, 6, 6, 2]) };
    const fn: TensorFunction = ({ x, target }) => {
      const loss = () => {
        const y = tf.conv2d(x as tf.Tensor4D, filter, 1, 'same');
        const { mean, variance } = tf.moments(y, [0, 1, 2]);
        const normal = tf.batchNorm4d(y, mean as tf.Tensor1D, variance as tf.Tensor1D, offset, scale, 1e-3);
        const out = tf.conv2d(tf.relu(normal), head, 1, 'same');
        return tf.mean(tf.squaredDifference(out, target)) as tf.Scalar;
      };
      const { value, grads } = tf.variableGrads(loss, [filter, head, scale, offset] as tf.Variable[]);
      filter.assign(tf.sub(filter, tf.mul(grads[filter.name], 1e-6)));
      return { loss: value, ...grads };
    };
    const graph = reduced(fn, inputs);
    const edges = [...graph.outputs.values(), ...graph.variables.flatMap(({ before, after }) => [before, after ?? []])];
    expect(new Set(edges.flat().map(({ dtype }) => dtype))).toEqual(new Set(['float32']));
    const types = typesOf(graph);
    expect(types.filter((type) => type.startsWith('Conv2DBackpropFilter'))).toEqual(
      Array(2).fill('Conv2DBackpropFilter(bb)b'),
    );
    expect(types.filter((type) => /^(Mean|Sum|Rsqrt|SquaredDifference)/.test(type) && /b/.test(type.slice(5)))).toEqual(
      [],
    );
    expectEqual(interpret(graph, inputs), interpret(trace(fn, inputs), inputs), 4 * 2 ** -8);

    // 1e-6 of a gradient is less than bfloat16 could add to a weight, yet the weight moves.
    const before = filter.dataSync().slice();
    interpret(graph, inputs);
    const moved = filter.dataSync().filter((value, i) => value !== before[i]);
    expect(moved.length).toBeGreaterThan(before.length / 2);
    expect(filter.dataSync().every((value, i) => roundTo('bfloat16', value) === roundTo('bfloat16', before[i]))).toBe(
      true,
    );
  });

  /** Twelve steps of a program, and each rounds what it takes and what it gives to the type's mantissa. */
  test.each([
    ['bfloat16', 8],
    ['float16', 11],
  ] as const)('random programs in %s compute what they do in float32, but for their %i bits', async (type, bits) => {
    for (let seed = 300; seed < 340; seed++) {
      const program = randomProgram(seed);
      const expected = await eagerOutcome(program);
      const graph = reducePrecision(optimize(trace(program.fn, program.inputs)), type);
      const found = await outcomeOf(program.variables, () => interpret(graph, program.inputs));
      try {
        expectEqual(found, expected, 12 * 2 ** -bits);
      } catch (error) {
        throw new Error(`Seed ${seed}: ${(error as Error).message}`, { cause: error });
      }
      tf.dispose([found, expected]);
      program.dispose();
    }
  });
});
