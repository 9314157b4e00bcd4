import * as tfl from '@tensorflow/tfjs-layers';
import { heFanOut, type Initialization } from '../initialization/initialization';
import { conv } from '../layers/convolution';
import { batchNorm, relu } from '../layers/elementwise';
import { maxPoolAfterRelu } from '../layers/pooling';
import { deconv4x4 } from '../layers/transposed-convolution';
import { checkCommonOptions, checkCount, isCount, type CommonOptions, type ModelDefinition } from '../model-definition';
import { ModelError } from '../model-error';
import { basicBlock, bottleneck, type ResidualBlock } from './residual-blocks';

/**
 * SimpleBaseline: a ResNet, three transposed convolutions, one heatmap per keypoint.
 * Paper: Xiao, Wu, Wei 2018, "Simple Baselines for Human Pose Estimation and Tracking", section 2.
 * Origin: Microsoft/human-pose-estimation.pytorch, lib/models/pose_resnet.py.
 */

export interface PoseResNetOptions extends CommonOptions {
  /** Widths of the transposed convolutions; each doubles height and width, so three of them give 1/4 of the input. */
  deconvFilters: readonly number[];
  /** Channels of the stem and planes of layer1, doubled by each later layer; 64 as published, less makes a slim network. */
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

const DEFAULTS: PoseResNetOptions = {
  inputSize: [192, 256],
  keypoints: 17,
  deconvFilters: [256, 256, 256],
  width: 64,
};

/** Spread of the head's kernels (lib/models/pose_resnet.py, init_weights); the backbone's are those of torchvision. */
const HEAD_STDDEV = 0.001;

const initialization: Initialization = (layer) =>
  /^(deconv_layers|final_layer)\b/.test(layer.name) ? { kernel: { normal: HEAD_STDDEV } } : heFanOut(layer);

function simpleBaseline(depth: keyof typeof DEPTHS, params: number, macs: number): ModelDefinition<PoseResNetOptions> {
  return {
    params,
    macs,
    source: 'Microsoft/human-pose-estimation.pytorch: lib/models/pose_resnet.py',
    defaults: DEFAULTS,
    build: (options, name) => buildPoseResNet(depth, options, name),
    initialization,
  };
}

export const POSE_RESNETS = {
  pose_resnet18: simpleBaseline(18, 15_387_857, 2_897_215_488),
  pose_resnet34: simpleBaseline(34, 25_503_441, 1),
  pose_resnet50: simpleBaseline(50, 34_054_353, 5_426_380_800),
  pose_resnet101: simpleBaseline(101, 53_098_705, 9_062_842_368),
  pose_resnet152: simpleBaseline(152, 68_788_433, 12_699_303_936),
};

/** Images [N, height, width, 3], normalised RGB, to heatmaps [N, height / 32 * 2^deconvs, width / 32 * 2^deconvs, keypoints]. */
function buildPoseResNet(depth: keyof typeof DEPTHS, options: PoseResNetOptions, name: string): tfl.LayersModel {
  checkOptions(options);
  const { inputSize, keypoints, deconvFilters, width: planes1 } = options;
  const { block, blocks } = DEPTHS[depth];
  const [width, height] = inputSize;

  const image = tfl.input({ shape: [height, width, 3], name: 'image' }); //  (N, H, W, 3)
  let x = conv(image, 'conv1', planes1, 7, { strides: 2 }); //                (N, H/2, W/2, 64)
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
  const heatmaps = conv(x, 'final_layer', keypoints, 1, { bias: true }); //   (N, H/4, W/4, keypoints)
  return tfl.model({ inputs: image, outputs: heatmaps, name });
}

function checkOptions({ deconvFilters, width, ...common }: PoseResNetOptions): void {
  checkCommonOptions(common, 32);
  checkCount('width', width);
  if (deconvFilters.length === 0 || !deconvFilters.every(isCount)) {
    throw new ModelError(
      `Expected deconvFilters to be positive integers, at least one, found [${deconvFilters.join(', ')}]`,
    );
  }
}
