import * as tf from '@tensorflow/tfjs-core';
import { freezeVariables, trace } from '../../src';
import { dropDeadCode } from '../../src/passes/drop-dead-code';
import { foldConstants } from '../../src/passes/fold-constants';
import { mergeCommonSubexpressions } from '../../src/passes/merge-common-subexpressions';
import { removeIdentities } from '../../src/passes/remove-identities';
import { checkPass } from '../support/check-pass';
import { testEngine } from '../support/engine';
import { interpret } from '../support/interpret';

const scalar = (value: number): tf.Variable => tf.tidy(() => tf.variable(tf.scalar(value)));
const x = () => tf.tensor2d([1, -2, 3, 4, -5, 6], [2, 3]);

beforeAll(testEngine);
beforeEach(() => tf.engine().startScope());
afterEach(() => {
  tf.engine().endScope();
  tf.disposeVariables();
});

test('dropDeadCode() keeps what outputs and variables depend on, and all inputs', () => {
  const [read, assigned, neither] = [1, 2, 3].map(scalar);
  const fn = (inputs: tf.NamedTensorMap) => {
    tf.exp(tf.mul(inputs['x'], tf.scalar(0.5)));
    tf.add(neither, 1);
    assigned.assign(tf.mean(tf.abs(inputs['x'])));
    return { y: tf.mul(inputs['x'], read) };
  };
  const { kernels, graph } = checkPass(dropDeadCode, fn, { x: x(), unused: x() });
  expect(kernels).toEqual(['Abs', 'Mean', 'Multiply']);
  expect([...graph.inputs.keys()]).toEqual(['x', 'unused']);
  expect(graph.variables.map(({ variable }) => variable)).toEqual([read, assigned]);
  expect(graph.constants.size).toBe(0);
});

test('freezeVariables() makes constants of the variables that are not assigned, as they are now', () => {
  const [read, assigned] = [2, 3].map(scalar);
  const fn = (inputs: tf.NamedTensorMap) => {
    assigned.assign(tf.add(assigned, read));
    return { y: tf.mul(inputs['x'], tf.add(read, assigned)) };
  };
  const traced = trace(fn, { x: x() });
  read.assign(tf.scalar(10));
  const graph = freezeVariables(traced);
  read.assign(tf.scalar(0));
  expect(graph.variables.map(({ variable }) => variable)).toEqual([assigned]);
  const { y } = interpret(graph, { x: tf.ones([2, 3]) });
  expect(y.dataSync()[0]).toBe(23); // 10 + (3 + 10)
  expect(assigned.dataSync()[0]).toBe(13);
});

describe('mergeCommonSubexpressions()', () => {
  test('computes the same thing once, also through constants that hold the same', () => {
    const fn = ({ x }: tf.NamedTensorMap) => ({
      a: tf.exp(tf.mul(x, tf.scalar(0.5))),
      b: tf.exp(tf.mul(x, tf.scalar(0.5))),
      mean: tf.mean(x, 1),
      same: tf.mean(x, -1),
    });
    const { kernels, graph } = checkPass(mergeCommonSubexpressions, fn, { x: x() });
    expect(kernels).toEqual(['Multiply', 'Exp', 'Mean']);
    expect(graph.outputs.get('a')).toBe(graph.outputs.get('b'));
    expect(graph.constants.size).toBe(1);
  });

  test('tells inputs, attributes, shapes and numbers apart', () => {
    const fn = ({ x }: tf.NamedTensorMap) => ({
      difference: tf.sub(x, tf.relu(x)),
      turned: tf.sub(tf.relu(x), x),
      kept: tf.mean(x, 1, true),
      dropped: tf.mean(x, 1),
      infinite: tf.minimum(x, tf.scalar(Infinity)),
      undefined: tf.minimum(x, tf.scalar(-Infinity)),
      positive: tf.div(x, tf.scalar(0)),
      negative: tf.div(x, tf.scalar(-0)),
      int: tf.cast(x, 'int32'),
      bool: tf.cast(x, 'bool'),
    });
    const graph = mergeCommonSubexpressions(trace(fn, { x: x() }));
    expect(new Set(graph.outputs.values()).size).toBe(10);
    expect(graph.operations.filter(({ kernel }) => kernel === 'Relu')).toHaveLength(1);
    expect(graph.constants.size).toBe(4);
  });
});

describe('foldConstants()', () => {
  test('computes what does not change', () => {
    const fn = ({ x }: tf.NamedTensorMap) => ({
      y: tf.add(x, tf.sum(tf.square(tf.add(tf.range(0, 4, 1), tf.fill([4], 2))))),
      zeros: tf.zerosLike(tf.exp(x)),
      cut: tf.split(tf.tensor1d([1, 2, 3, 4]), 2)[1],
    });
    const { kernels, graph } = checkPass((graph) => dropDeadCode(foldConstants(graph)), fn, { x: x() }, 0);
    expect(kernels).toEqual(['Add']);
    const values = [...graph.constants.values()].map((data) => Array.from(data));
    expect(values).toEqual(expect.arrayContaining([[54], [0, 0, 0, 0, 0, 0], [3, 4]]));
  });

  test('leaves large results to the run, unless they are no larger than what they are made of', () => {
    const [small, large] = [tf.ones([600, 1]), tf.ones([600, 600])];
    const fn = ({ x }: tf.NamedTensorMap) => ({
      outer: tf.add(x, tf.sum(tf.matMul(small, small, false, true))),
      scaled: tf.add(x, tf.square(large)),
    });
    const { kernels } = checkPass(foldConstants, fn, { x: tf.scalar(1) });
    expect(kernels).toEqual(['BatchMatMul', 'Sum', 'Add', 'Add']);
  });

  test('leaves variables, and no tensor behind', () => {
    const weight = scalar(2);
    const graph = trace(({ x }) => ({ y: tf.mul(x, tf.square(weight)), z: tf.exp(tf.scalar(1)) }), { x: x() });
    const before = tf.memory().numTensors;
    expect(foldConstants(graph).operations.map(({ kernel }) => kernel)).toEqual(['Square', 'Multiply']);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('removeIdentities()', () => {
  test.each<[string, (x: tf.Tensor) => tf.Tensor]>([
    ['a Reshape to the same shape', (x) => tf.engine().runKernel('Reshape', { x }, { shape: [2, 3] } as never)],
    ['a Cast to the same type', (x) => tf.engine().runKernel('Cast', { x }, { dtype: 'float32' } as never)],
    ['AddN of one', (x) => tf.engine().runKernel('AddN', [x] as never)],
    ['times 1', (x) => tf.mul(1, x)],
    ['divided by 1', (x) => tf.div(x, 1)],
    ['plus 0', (x) => tf.add(x, tf.zeros([2, 3]))],
    ['minus 0', (x) => tf.sub(x, 0)],
    ['two transpositions', (x) => tf.transpose(tf.transpose(x, [1, 0]), [1, 0])],
    ['two reshapings', (x) => tf.reshape(tf.reshape(x, [6]), [2, 3])],
    ['a slice of all', (x) => tf.slice(x, [0, 0], [2, 3])],
    ['a padding of nothing', (x) => tf.pad(x, [[0, 0], [0, 0]])], // prettier-ignore
    ['a chain of them', (x) => tf.add(tf.mul(tf.reshape(tf.reshape(x, [3, 2]), [2, 3]), 1), 0)],
  ])('%s', (_, fn) => {
    const pass = (graph: Parameters<typeof removeIdentities>[0]) => dropDeadCode(removeIdentities(graph));
    const { kernels } = checkPass(pass, ({ x }) => ({ y: tf.exp(fn(x)) }), { x: x() }, 0);
    expect(kernels).toEqual(['Exp']);
  });

  test('what changes the shape or the type stays', () => {
    const fn = ({ x, count }: tf.NamedTensorMap) => ({
      widened: tf.add(x, tf.zeros([4, 2, 3])),
      divided: tf.div(count, tf.scalar(1)),
      from: tf.sub(0, x),
      inverse: tf.div(1, x),
      turned: tf.transpose(tf.transpose(tf.reshape(x, [1, 2, 3]), [1, 2, 0]), [1, 2, 0]),
    });
    const pass = (graph: Parameters<typeof removeIdentities>[0]) => dropDeadCode(removeIdentities(graph));
    const inputs = { x: x(), count: tf.tensor1d([1, 2], 'int32') };
    const { kernels } = checkPass(pass, fn, inputs, 0);
    expect(kernels).toEqual(expect.arrayContaining(['Add', 'Sub', 'RealDiv', 'Transpose', 'Reshape']));
    expect(kernels.filter((kernel) => kernel === 'Transpose')).toHaveLength(1);
  });
});
