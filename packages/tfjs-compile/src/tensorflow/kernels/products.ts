import type { Operation } from '../../graph/graph';
import { boolAttribute } from '../message/attribute';
import { biasAndActivation } from './activation';
import type { Emission, Emit } from './emission';

function product({ inputs: { a, b }, attributes }: Operation, { builder, of }: Emission): string {
  const { transposeA, transposeB } = attributes as { transposeA: boolean; transposeB: boolean };
  return builder.addTyped('BatchMatMulV2', a.dtype, [of(a), of(b)], {
    adj_x: boolAttribute(transposeA),
    adj_y: boolAttribute(transposeB),
  });
}

const fusedMatMul: Emit = (operation, emission) => biasAndActivation(product(operation, emission), operation, emission);

export const productKernels: Readonly<Record<string, Emit>> = { BatchMatMul: product, _FusedMatMul: fusedMatMul };
