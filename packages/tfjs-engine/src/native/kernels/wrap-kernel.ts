import { getKernel, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel } from '../../define-kernel';
import type { NodeBackend } from '../node-backend';

type Result = TensorInfo | TensorInfo[];

/** tfjs-node's kernel of that name, called by `run` as `original` where it can do the work. */
export function wrapKernel<Inputs extends Record<string, TensorInfo>, Attributes extends object>(
  name: string,
  run: (
    inputs: Inputs,
    attributes: Attributes,
    backend: NodeBackend,
    original: (attributes: Attributes) => Result,
  ) => Result,
): KernelConfig {
  const { kernelFunc } = getKernel(name, 'tensorflow');
  return defineKernel('tensorflow', name, (inputs: Inputs, attributes: Attributes, backend: NodeBackend) =>
    run(inputs, attributes, backend, (attrs) => kernelFunc({ inputs, attrs: attrs as never, backend })),
  );
}
