import * as tfl from '@tensorflow/tfjs-layers';
import { batchNorm, conv, deconv4x4, headConv, maxPoolAfterRelu, relu } from './layers';
import { ModelError } from './model-error';
import { basicBlock, bottleneck, type ResidualBlock } from './residual-blocks';

/**
 * SimpleBaseline: a ResNet, three transposed convolutions, one heatmap per keypoint.
 * Paper: Xiao, Wu, Wei 2018, "Simple Baselines for Human Pose Estimation and Tracking", section 2.
 * Origin: Microsoft/human-pose-estimation.pytorch, lib/models/pose_resnet.py.
 */

export interface PoseResNetOptions {
  /** Network input [width, height], pixels; both divisible by 32. */
  inputSize: readonly [number, number];
  /** Heatmaps to predict. */
  keypoints: number;
  /** Widths of the transposed convolutions; each doubles height and width, so three of them give 1/4 of the input. */
  deconvFilters: readonly number[];
  /** Channels of the stem and planes of layer1, doubled by each later layer; 64 as published. */
  width: number;
}

interface ResNetDepth {
  block: ResidualBlock;
  /** Residual blocks in layer1 to layer4. */
  blocks: readonly [number, number, number, number];
}

/** He et al. 2016, table 1. */
const DEPTHS = {
  18: { block: basicBlock, blocks: [2, 2, 2, 2] },
  34: { block: basicBlock, blocks: [3, 4, 6, 3] },
  50: { block: bottleneck, blocks: [3, 4, 6, 3] },
  101: { block: bottleneck, blocks: [3, 4, 23, 3] },
  152: { block: bottleneck, blocks: [3, 8, 36, 3] },
} as const satisfies Record<number, ResNetDepth>;

/**
 * @returns a model from images [N, height, width, 3], normalised RGB, to heatmaps
 *          [N, height / 32 * 2^deconvs, width / 32 * 2^deconvs, keypoints]; its kernels are zero
 * @throws ModelError when a size is not divisible by 32 or a count is not a positive integer
 */
export function poseResNet(
  depth: keyof typeof DEPTHS,
  { inputSize, keypoints, deconvFilters, width: planes1 }: PoseResNetOptions,
): tfl.LayersModel {
  checkOptions({ inputSize, keypoints, deconvFilters, width: planes1 });
  const { block, blocks } = DEPTHS[depth];
  const [width, height] = inputSize;

  const image = tfl.input({ shape: [height, width, 3], name: 'image' }); //  (N, H, W, 3)
  let x = conv(image, 'conv1', planes1, 7, 2); //                             (N, H/2, W/2, 64)
  x = relu(batchNorm(x, 'bn1'), 'relu');
  x = maxPoolAfterRelu(x, 'maxpool'); //                                      (N, H/4, W/4, 64)
  blocks.forEach((count, layer) => {
    const planes = planes1 * 2 ** layer;
    for (let i = 0; i < count; i++) {
      x = block(x, `layer${layer + 1}.${i}`, planes, layer > 0 && i === 0 ? 2 : 1);
    }
  }); //                                                                      (N, H/32, W/32, 512 or 2048)
  deconvFilters.forEach((filters, i) => {
    x = deconv4x4(x, `deconv_layers.${3 * i}`, filters);
    x = relu(batchNorm(x, `deconv_layers.${3 * i + 1}`), `deconv_layers.${3 * i + 2}`);
  }); //                                                                      (N, H/4, W/4, 256)
  const heatmaps = headConv(x, 'final_layer', keypoints); //                  (N, H/4, W/4, keypoints)
  return tfl.model({ inputs: image, outputs: heatmaps, name: `pose_resnet${depth}` });
}

function checkOptions({ inputSize, keypoints, deconvFilters, width }: PoseResNetOptions): void {
  if (inputSize.length !== 2 || !inputSize.every((side) => isCount(side) && side % 32 === 0)) {
    throw new ModelError(
      `Expected inputSize [width, height] of positive multiples of 32, found [${inputSize.join(', ')}]`,
    );
  }
  if (!isCount(width)) throw new ModelError(`Expected a positive integer for width, found ${width}`);
  if (!isCount(keypoints)) throw new ModelError(`Expected a positive integer for keypoints, found ${keypoints}`);
  if (deconvFilters.length === 0 || !deconvFilters.every(isCount)) {
    throw new ModelError(
      `Expected deconvFilters to be positive integers, at least one, found [${deconvFilters.join(', ')}]`,
    );
  }
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value > 0;
}
