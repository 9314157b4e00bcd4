import * as tfl from '@tensorflow/tfjs-layers';
import { normal } from '../initialization/initialization';
import { conv } from '../layers/convolution';
import { add, batchNorm, relu, upsampleNearest } from '../layers/elementwise';
import { checkCommonOptions, checkCount, type CommonOptions, type ModelDefinition } from '../model-definition';
import { setTorchDifferences, type TorchDifferences } from '../torch/torch-differences';
import { checkEven } from './check-even';
import { basicBlock } from './residual-blocks';

/**
 * Hourglass-52 and its stacks as mmpose has them: those of CornerNet (Law, Deng 2018, section 3.5), whose blocks are
 * post-activation, halve by their strides instead of by pooling, and widen on the way down.
 * Paper: Newell, Yang, Deng 2016, "Stacked Hourglass Networks for Human Pose Estimation".
 * Origin: open-mmlab/mmpose, mmpose/models/backbones/hourglass.py, mmpose/models/heads/heatmap_heads/cpm_head.py.
 */

export interface MmposeHourglassOptions extends CommonOptions {
  /** Hourglasses, one after the other; each has an output. 1 as published for Hourglass-52. */
  stacks: number;
  /** Channels at 1/4 of the input, even; below they widen to twice as many. 256 as published, less makes a slim network. */
  width: number;
}

const DEFAULTS: MmposeHourglassOptions = { inputSize: [256, 256], keypoints: 17, stacks: 1, width: 256 };

/** Channels at each level, from 1/4 of the input down, over those of the first one: 256, 256, 384, 384, 384, 512. */
const WIDENING = [1, 1, 1.5, 1.5, 1.5, 2] as const;
/** Residual blocks of each level's branches; the last is the bottom. */
const BLOCKS = [2, 2, 2, 2, 2, 4] as const;

export const poseHourglass52: ModelDefinition<MmposeHourglassOptions> = {
  source: 'open-mmlab/mmpose: mmpose/models/backbones/hourglass.py',
  defaults: DEFAULTS,
  build: buildMmposeHourglass,
  initialization: normal(0.001),
};

/** Images [N, height, width, 3], normalised RGB, to heatmaps [N, height / 4, width / 4, keypoints] of each stack, first to last. */
function buildMmposeHourglass(options: MmposeHourglassOptions, name: string): tfl.LayersModel {
  checkCommonOptions(options, 4 * 2 ** (WIDENING.length - 1));
  checkCount('stacks', options.stacks);
  checkEven('width', options.width);
  const { inputSize, keypoints, stacks, width: channels } = options;
  const [width, height] = inputSize;

  const image = tfl.input({ shape: [height, width, 3], name: 'image' }); //      (N, H, W, 3)
  let x = convBn(image, 'backbone.stem.0', channels / 2, 7, 2); //                (N, H/2, W/2, 128)
  x = relu(x, 'backbone.stem.0.activate');
  x = basicBlock(x, 'backbone.stem.1.0', channels, 2); //                         (N, H/4, W/4, 256)

  const predictions: tfl.SymbolicTensor[] = [];
  for (let i = 0; i < stacks; i++) {
    const stack = hourglass(x, `backbone.hourglass_modules.${i}`, 0);
    const out = `backbone.out_convs.${i}`;
    const feature = relu(convBn(stack, out, channels, 3), `${out}.activate`);
    predictions.push(conv(feature, `head.multi_final_layers.${i}`, keypoints, 1, { bias: true })); // (N, H/4, W/4, keypoints)
    if (i === stacks - 1) break;
    const input = convBn(x, `backbone.conv1x1s.${i}`, channels, 1);
    const remapped = convBn(feature, `backbone.remap_convs.${i}`, channels, 1);
    x = relu(add([input, remapped], `backbone.merge.${i}`), `backbone.relu.${i}`);
    x = basicBlock(x, `backbone.inters.${i}`, channels, 1);
  }
  const model = tfl.model({ inputs: image, outputs: predictions, name });
  if (stacks === 1) setTorchDifferences(model, { unusedEntries: basicBlockEntries('backbone.inters.0', channels) });
  return model;
}

/** The hourglass from a level down: [N, H, W, C] to [N, H, W, C]. */
function hourglass(x: tfl.SymbolicTensor, name: string, level: number): tfl.SymbolicTensor {
  const width = x.shape[3] as number;
  const lower = (width / WIDENING[level]) * WIDENING[level + 1];
  const blocks = BLOCKS[level];
  const up1 = basicBlocks(x, `${name}.up1`, Array(blocks).fill(width));
  let low = basicBlocks(x, `${name}.low1`, Array(blocks).fill(lower), 2); //      (N, H/2, W/2, lower)
  low =
    level + 2 < WIDENING.length
      ? hourglass(low, `${name}.low2`, level + 1)
      : basicBlocks(low, `${name}.low2`, Array(BLOCKS[level + 1]).fill(lower));
  // On the way up it is the last block that changes the width.
  low = basicBlocks(low, `${name}.low3`, [...Array<number>(blocks - 1).fill(lower), width]);
  return add([up1, upsampleNearest(low, `${name}.up2`, 2)], `${name}.add`);
}

/** A block of each width, the first of them strided. */
function basicBlocks(x: tfl.SymbolicTensor, name: string, widths: number[], strides = 1): tfl.SymbolicTensor {
  return widths.reduce((y, width, i) => basicBlock(y, `${name}.${i}`, width, i === 0 ? strides : 1), x);
}

/** mmcv's ConvModule without its activation: [N, H, W, C] to [N, H / strides, W / strides, filters]. */
function convBn(
  x: tfl.SymbolicTensor,
  name: string,
  filters: number,
  kernelSize: number,
  strides = 1,
): tfl.SymbolicTensor {
  return batchNorm(conv(x, `${name}.conv`, filters, kernelSize, { strides }), `${name}.bn`);
}

/** The state_dict of a basic block that keeps the width: with one stack the published module still has one between stacks. */
function basicBlockEntries(name: string, width: number): TorchDifferences['unusedEntries'] {
  return [1, 2].flatMap((i) => [
    { key: `${name}.conv${i}.weight`, shape: [width, width, 3, 3] },
    ...['weight', 'bias', 'running_mean', 'running_var'].map((entry) => ({
      key: `${name}.bn${i}.${entry}`,
      shape: [width],
    })),
  ]);
}
