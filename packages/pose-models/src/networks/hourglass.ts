import * as tfl from '@tensorflow/tfjs-layers';
import { torchDefault } from '../initialization/initialization';
import { conv } from '../layers/convolution';
import { add, batchNorm, relu, upsampleNearest } from '../layers/elementwise';
import { maxPool2x2 } from '../layers/pooling';
import { checkCommonOptions, type CommonOptions, type ModelDefinition } from '../model-definition';
import { setTorchDifferences } from '../torch/torch-differences';
import { checkEven } from './check-even';
import { preActivationResidual, unusedSkipLayers } from './pre-activation-residual';

/**
 * Stacked hourglass: networks that go down to 1/64 of the image and up again, one after the other, each of which
 * predicts all heatmaps from the image and from the predictions of the one before.
 * Paper: Newell, Yang, Deng 2016, "Stacked Hourglass Networks for Human Pose Estimation", section 3.
 * Origin: princeton-vl/pytorch_stacked_hourglass, models/posenet.py and models/layers.py.
 */

export interface HourglassOptions extends CommonOptions {
  /** Channels of the hourglasses, even; 256 as published, less makes a slim network. */
  width: number;
}

const DEFAULTS: HourglassOptions = { inputSize: [256, 256], keypoints: 16, width: 256 };

/** Times that an hourglass halves its input. */
const DEPTH = 4;

function stackedHourglass(stacks: number): ModelDefinition<HourglassOptions> {
  return {
    source: 'princeton-vl/pytorch_stacked_hourglass: models/posenet.py',
    defaults: DEFAULTS,
    build: (options, name) => buildHourglass(stacks, options, name),
    initialization: torchDefault,
  };
}

export const HOURGLASSES = {
  hourglass_1stack: stackedHourglass(1),
  hourglass_2stack: stackedHourglass(2),
  hourglass_4stack: stackedHourglass(4),
  hourglass_8stack: stackedHourglass(8),
};

/** Images [N, height, width, 3], normalised RGB, to heatmaps [N, height / 4, width / 4, keypoints] of each stack, first to last. */
function buildHourglass(stacks: number, options: HourglassOptions, name: string): tfl.LayersModel {
  checkCommonOptions(options, 4 * 2 ** DEPTH);
  checkEven('width', options.width);
  const { inputSize, keypoints, width: channels } = options;
  const [width, height] = inputSize;

  const image = tfl.input({ shape: [height, width, 3], name: 'image' }); //  (N, H, W, 3)
  let x = convBnRelu(image, 'pre.0', 64, 7, 2); //                            (N, H/2, W/2, 64)
  x = preActivationResidual(x, 'pre.1', 128);
  x = maxPool2x2(x, 'pre.2'); //                                              (N, H/4, W/4, 128)
  x = preActivationResidual(x, 'pre.3', 128);
  x = preActivationResidual(x, 'pre.4', channels); //                         (N, H/4, W/4, 256)

  const predictions: tfl.SymbolicTensor[] = [];
  for (let i = 0; i < stacks; i++) {
    let feature = hourglass(x, `hgs.${i}.0`, DEPTH);
    feature = preActivationResidual(feature, `features.${i}.0`, channels);
    feature = convBnRelu(feature, `features.${i}.1`, channels, 1);
    const heatmaps = conv(feature, `outs.${i}.conv`, keypoints, 1, { bias: true }); // (N, H/4, W/4, keypoints)
    predictions.push(heatmaps);
    if (i === stacks - 1) break;
    const mergedFeature = conv(feature, `merge_features.${i}.conv.conv`, channels, 1, { bias: true });
    const mergedHeatmaps = conv(heatmaps, `merge_preds.${i}.conv.conv`, channels, 1, { bias: true });
    x = add([x, mergedHeatmaps, mergedFeature], `merge.${i}`);
  }
  const model = tfl.model({ inputs: image, outputs: predictions, name });
  setTorchDifferences(model, { unusedEntries: unusedSkipLayers(model) });
  return model;
}

/** One hourglass (figure 3): [N, H, W, C] to [N, H, W, C]; H and W are multiples of 2 ** depth. */
function hourglass(x: tfl.SymbolicTensor, name: string, depth: number): tfl.SymbolicTensor {
  const width = x.shape[3] as number;
  const up1 = preActivationResidual(x, `${name}.up1`, width); //              (N, H, W, C)
  let low = maxPool2x2(x, `${name}.pool1`); //                                (N, H/2, W/2, C)
  low = preActivationResidual(low, `${name}.low1`, width);
  low = depth > 1 ? hourglass(low, `${name}.low2`, depth - 1) : preActivationResidual(low, `${name}.low2`, width);
  low = preActivationResidual(low, `${name}.low3`, width);
  return add([up1, upsampleNearest(low, `${name}.up2`, 2)], `${name}.add`);
}

/** Convolution with a bias, batch norm, ReLU: [N, H, W, C] to [N, H / strides, W / strides, filters]. */
function convBnRelu(
  x: tfl.SymbolicTensor,
  name: string,
  filters: number,
  kernelSize: number,
  strides = 1,
): tfl.SymbolicTensor {
  const y = conv(x, `${name}.conv`, filters, kernelSize, { strides, bias: true });
  return relu(batchNorm(y, `${name}.bn`), `${name}.relu`);
}
