import { defineKernel, type ReluGradInputs } from '../../define-kernel';
import type { NodeBackend } from '../node-backend';
import { runOp } from './run-op';

/** TensorFlow's ReluGrad; tfjs-node composes it of Step, itself a chain of six ops, Cast and Mul. */
export const reluGrad = defineKernel('tensorflow', 'ReluGrad', ({ dy, y }: ReluGradInputs, _, backend: NodeBackend) =>
  runOp(backend, 'ReluGrad', {}, [dy, y]),
);
