import type * as tfl from '@tensorflow/tfjs-layers';
import { upsampleBilinear } from '../../layers/bilinear-upsampling';
import { add } from '../../layers/elementwise';
import { convModule, depthwiseModule } from './conv-module';

/**
 * From the lowest resolution to the highest: a separable convolution to the next branch's width, upsampling, sum.
 *
 * @param branches  [N, H, W, C] each, from high to low resolution
 * @returns what it makes of the highest one; of its shape
 */
export function iterativeHead(branches: readonly tfl.SymbolicTensor[], name: string): tfl.SymbolicTensor {
  const [lowest, ...higher] = [...branches].reverse();
  let y = lowest;
  higher.forEach((x, i) => {
    const [, height, width, channels] = x.shape as [number, number, number, number];
    y = project(y, `${name}.projects.${i}`, channels);
    y = upsampleBilinear(y, `${name}.upsample.${i}`, [height, width]);
    y = add([x, y], `${name}.add.${i}`);
  });
  return project(y, `${name}.projects.${higher.length}`, y.shape[3]!);
}

function project(x: tfl.SymbolicTensor, name: string, width: number): tfl.SymbolicTensor {
  return convModule(depthwiseModule(x, `${name}.depthwise_conv`), `${name}.pointwise_conv`, width);
}
