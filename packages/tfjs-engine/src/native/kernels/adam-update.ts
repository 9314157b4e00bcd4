import { defineKernel, type AdamUpdateInputs } from '../../define-kernel';
import type { AdamAttributes } from '../../loops/adam';
import type { NodeBackend } from '../node-backend';

/**
 * TensorFlow's ResourceApplyAdam. It works on TensorFlow variables: value and moments are lent to three of them, which
 * serve all calls. A variable that shares its memory with nobody is changed in place (the moments), else it is copied
 * first (the value).
 */
export const adamUpdate = defineKernel(
  'tensorflow',
  'AdamUpdate',
  (inputs: AdamUpdateInputs, { learningRate, beta1, beta2, epsilon, step }: AdamAttributes, backend: NodeBackend) => {
    const { binding } = backend;
    const { value, firstMoment, secondMoment, gradient } = inputs;
    const [gradientId, ...lent] = backend.getInputTensorIds([gradient, value, firstMoment, secondMoment]);
    const variables = variablesOf(backend);
    const dtype = { name: 'dtype', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
    const off = (name: string) => ({ name, type: binding.TF_ATTR_BOOL, value: false });
    const read = (variable: number) => binding.executeOp('ReadVariableOp', [dtype], [variable], 1)[0];

    lent.forEach((id, i) => binding.executeOp('AssignVariableOp', [dtype], [variables[i], id], 0));
    const moments = [firstMoment, secondMoment].map(({ dataId }) => backend.tensorMap.get(dataId));
    for (const moment of moments) binding.deleteTensor(moment.id);
    // TensorFlow adds epsilon to the uncorrected root of the second moment, PyTorch to the corrected one.
    const corrected = epsilon * Math.sqrt(1 - beta2 ** step);
    const numbers = [beta1 ** step, beta2 ** step, learningRate, beta1, beta2, corrected].map((number) =>
      binding.createTensor([], binding.TF_FLOAT, Float32Array.of(number)),
    );
    try {
      const attributes = [{ ...dtype, name: 'T' }, off('use_locking'), off('use_nesterov')];
      binding.executeOp('ResourceApplyAdam', attributes, [...variables, ...numbers, gradientId], 0);
    } finally {
      moments.forEach((moment, i) => (moment.id = read(variables[1 + i]).id));
      for (const number of numbers) binding.deleteTensor(number);
    }
    return backend.createOutputTensor(read(variables[0]));
  },
);

const madeVariables = new WeakMap<NodeBackend, number[]>();

/** TensorFlow's handles of three variables of any shape, made once. */
function variablesOf(backend: NodeBackend): number[] {
  const { binding } = backend;
  const { TF_ATTR_STRING, TF_ATTR_TYPE, TF_ATTR_SHAPE, TF_FLOAT } = binding;
  const make = (name: string) => {
    const attributes = [
      { name: 'container', type: TF_ATTR_STRING, value: '' },
      { name: 'shared_name', type: TF_ATTR_STRING, value: `AdamUpdate/${name}` },
      { name: 'dtype', type: TF_ATTR_TYPE, value: TF_FLOAT },
      { name: 'shape', type: TF_ATTR_SHAPE, value: [] }, // what AssignVariableOp gives it, it takes
    ];
    return binding.executeOp('VarHandleOp', attributes, [], 1)[0].id;
  };
  let variables = madeVariables.get(backend);
  if (!variables) {
    variables = ['value', 'firstMoment', 'secondMoment'].map(make);
    madeVariables.set(backend, variables);
  }
  return variables;
}
