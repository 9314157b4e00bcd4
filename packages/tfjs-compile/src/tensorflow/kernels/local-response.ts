import type { Attributes } from '../../graph/graph';
import { floatAttribute, intAttribute } from '../message/attribute';
import type { NodeAttributes } from '../graph-builder';
import type { Emit } from './emission';

function window(attributes: Attributes): NodeAttributes {
  const { depthRadius, bias, alpha, beta } = attributes as Record<'depthRadius' | 'bias' | 'alpha' | 'beta', number>;
  return {
    depth_radius: intAttribute(depthRadius),
    bias: floatAttribute(bias),
    alpha: floatAttribute(alpha),
    beta: floatAttribute(beta),
  };
}

const normalise: Emit = ({ inputs: { x }, attributes }, { builder, of }) =>
  builder.addTyped('LRN', x.dtype, [of(x)], window(attributes));

const gradient: Emit = ({ inputs: { x, y, dy }, attributes }, { builder, of }) =>
  builder.addTyped('LRNGrad', x.dtype, [of(dy), of(x), of(y)], window(attributes));

export const localResponseKernels: Readonly<Record<string, Emit>> = { LRN: normalise, LRNGrad: gradient };
