import { defineKernel, type ReluGradInputs } from '../../define-kernel';
import type { NodeBackend } from '../node-backend';

/** TensorFlow's ReluGrad; tfjs-node composes it of Step, itself a chain of six ops, Cast and Mul. */
export const reluGrad = defineKernel('tensorflow', 'ReluGrad', ({ dy, y }: ReluGradInputs, _, backend: NodeBackend) => {
  const { TF_ATTR_TYPE, TF_FLOAT } = backend.binding;
  return backend.executeSingleOutput('ReluGrad', [{ name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT }], [dy, y]);
});
