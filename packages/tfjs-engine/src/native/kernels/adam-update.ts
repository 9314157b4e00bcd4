import { keep, scalar, tidy, type Tensor } from '@tensorflow/tfjs-core';
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
  (inputs: AdamUpdateInputs, { learningRate, beta1, beta2, epsilon, step }: AdamAttributes, backend: NodeBackend) =>
    tidy(() => {
      const { binding } = backend;
      const { value, firstMoment, secondMoment, gradient } = inputs;
      const variables = variablesOf(backend);
      const dtype = { name: 'dtype', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
      const off = (name: string) => ({ name, type: binding.TF_ATTR_BOOL, value: false });
      const read = (variable: Tensor) =>
        binding.executeOp('ReadVariableOp', [dtype], [backend.tensorMap.get(variable.dataId).id], 1)[0];

      const lent = [value, firstMoment, secondMoment];
      lent.forEach((tensor, i) =>
        backend.executeMultipleOutputs('AssignVariableOp', [dtype], [variables[i], tensor], 0),
      );
      const moments = [firstMoment, secondMoment].map(({ dataId }) => backend.tensorMap.get(dataId));
      for (const moment of moments) binding.deleteTensor(moment.id);
      try {
        // TensorFlow adds epsilon to the uncorrected root of the second moment, PyTorch to the corrected one.
        const corrected = epsilon * Math.sqrt(1 - beta2 ** step);
        const numbers = [beta1 ** step, beta2 ** step, learningRate, beta1, beta2, corrected];
        const operands = [...variables, ...numbers.map((number) => scalar(number)), gradient];
        const attributes = [{ ...dtype, name: 'T' }, off('use_locking'), off('use_nesterov')];
        backend.executeMultipleOutputs('ResourceApplyAdam', attributes, operands, 0);
      } finally {
        moments.forEach((moment, i) => (moment.id = read(variables[1 + i]).id));
      }
      return backend.createOutputTensor(read(variables[0]));
    }),
);

const variables = new WeakMap<NodeBackend, Tensor[]>();

/** Handles of three TensorFlow variables of any shape, made once. */
function variablesOf(backend: NodeBackend): Tensor[] {
  const { TF_ATTR_STRING, TF_ATTR_TYPE, TF_ATTR_SHAPE, TF_FLOAT } = backend.binding;
  const make = (name: string) =>
    keep(
      backend.executeSingleOutput(
        'VarHandleOp',
        [
          { name: 'container', type: TF_ATTR_STRING, value: '' },
          { name: 'shared_name', type: TF_ATTR_STRING, value: `AdamUpdate/${name}` },
          { name: 'dtype', type: TF_ATTR_TYPE, value: TF_FLOAT },
          { name: 'shape', type: TF_ATTR_SHAPE, value: [] }, // what AssignVariableOp gives it, it takes
        ],
        [],
      ),
    );
  let made = variables.get(backend);
  if (!made) variables.set(backend, (made = ['value', 'firstMoment', 'secondMoment'].map(make)));
  return made;
}
