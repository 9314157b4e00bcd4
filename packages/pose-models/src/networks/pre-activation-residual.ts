import type * as tfl from '@tensorflow/tfjs-layers';
import { conv } from '../layers/convolution';
import { add, batchNorm, relu } from '../layers/elementwise';
import type { TorchDifferences } from '../torch/torch-differences';

/**
 * The residual block of the stacked hourglass: batch norm and ReLU come before each convolution, and nothing after the
 * sum (He et al. 2016, "Identity Mappings in Deep Residual Networks", figure 1b). Every convolution has a bias.
 * Origin: princeton-vl/pytorch_stacked_hourglass, models/layers.py, Residual.
 *
 * @param x      [N, H, W, C]
 * @param name   of the block, `pre.1`
 * @param width  channels of the result, even; the inner convolutions have half as many
 * @returns [N, H, W, width]
 */
export function preActivationResidual(x: tfl.SymbolicTensor, name: string, width: number): tfl.SymbolicTensor {
  let y = relu(batchNorm(x, `${name}.bn1`), `${name}.relu1`);
  y = conv(y, `${name}.conv1.conv`, width / 2, 1, { bias: true });
  y = relu(batchNorm(y, `${name}.bn2`), `${name}.relu2`);
  y = conv(y, `${name}.conv2.conv`, width / 2, 3, { bias: true });
  y = relu(batchNorm(y, `${name}.bn3`), `${name}.relu3`);
  y = conv(y, name + LAST_CONV, width, 1, { bias: true });
  const shortcut = x.shape[3] === width ? x : conv(x, name + SKIP_LAYER, width, 1, { bias: true });
  return add([y, shortcut], `${name}.add`);
}

const LAST_CONV = '.conv3.conv';
const SKIP_LAYER = '.skip_layer.conv';

/** The published block always has a `skip_layer`, and uses it where the width changes: those that it does not use. */
export function unusedSkipLayers(model: tfl.LayersModel): TorchDifferences['unusedEntries'] {
  const names = new Set(model.layers.map(({ name }) => name));
  return model.layers
    .filter(({ name }) => name.endsWith(LAST_CONV) && !names.has(name.replace(LAST_CONV, SKIP_LAYER)))
    .flatMap(({ name, outputShape }) => {
      const skipLayer = name.replace(LAST_CONV, SKIP_LAYER);
      const width = outputShape[3] as number;
      return [
        { key: `${skipLayer}.weight`, shape: [width, width, 1, 1] },
        { key: `${skipLayer}.bias`, shape: [width] },
      ];
    });
}
