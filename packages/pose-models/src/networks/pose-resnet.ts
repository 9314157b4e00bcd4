import * as tfl from '@tensorflow/tfjs-layers';
import { heFanOut, msraPrelu, type Initialization } from '../initialization/initialization';
import { conv } from '../layers/convolution';
import { batchNorm, relu } from '../layers/elementwise';
import { deconv, DECONV_KERNELS, type DeconvKernel } from '../layers/transposed-convolution';
import { checkCommonOptions, checkCount, isCount, type CommonOptions, type ModelDefinition } from '../model-definition';
import { ModelError } from '../model-error';
import { resNet, type ResNetDepth, type ResNetStyle } from './resnet';

/**
 * SimpleBaseline: a ResNet, three transposed convolutions, one heatmap per keypoint.
 * Paper: Xiao, Wu, Wei 2018, "Simple Baselines for Human Pose Estimation and Tracking", section 2.
 * Origin: Microsoft/human-pose-estimation.pytorch, lib/models/pose_resnet.py. GluonCV's networks are the same
 * (dmlc/gluon-cv, gluoncv/model_zoo/simple_pose/simple_pose_resnet.py; its "v1b" backbones are torchvision's ResNets,
 * its "v1d" ones ResNet-D of gluoncv/model_zoo/resnetv1b.py), but start from other weights.
 */

export interface PoseResNetOptions extends CommonOptions {
  /** Widths of the transposed convolutions; each doubles height and width, so three of them give 1/4 of the input and none 1/32. */
  deconvFilters: readonly number[];
  /** Kernel sizes of the transposed convolutions: 2, 3 or 4; one for all, or one for each. */
  deconvKernels: number | readonly number[];
  /** Whether the transposed convolutions have a bias. */
  deconvBias: boolean;
  /** Kernel size of the last convolution: 1 or 3. */
  finalKernel: number;
  /** Channels of the stem and planes of layer1, doubled by each later layer; 64 as published, less makes a slim network. */
  width: number;
}

const DEFAULTS: PoseResNetOptions = {
  inputSize: [192, 256],
  keypoints: 17,
  deconvFilters: [256, 256, 256],
  deconvKernels: 4,
  deconvBias: false,
  finalKernel: 1,
  width: 64,
};

/** Spread of the head's kernels, whose biases are zero (lib/models/pose_resnet.py, init_weights; the same in GluonCV). */
const HEAD_STDDEV = 0.001;

function initialization(backbone: Initialization): Initialization {
  return (layer) =>
    /^(deconv_layers|final_layer)\b/.test(layer.name) ? { kernel: { normal: HEAD_STDDEV } } : backbone(layer);
}

function simpleBaseline(depth: ResNetDepth, style: ResNetStyle = 'pytorch'): ModelDefinition<PoseResNetOptions> {
  return {
    source: 'Microsoft/human-pose-estimation.pytorch: lib/models/pose_resnet.py',
    defaults: DEFAULTS,
    build: (options, name) => buildPoseResNet(depth, style, options, name),
    initialization: initialization(heFanOut),
  };
}

/** Without pretrained backbone, scripts/pose/simple_pose/train_simple_pose.py draws it by mx.init.MSRAPrelu(). */
function gluonCV(depth: ResNetDepth, style?: ResNetStyle): ModelDefinition<PoseResNetOptions> {
  return {
    ...simpleBaseline(depth, style),
    source: 'dmlc/gluon-cv: gluoncv/model_zoo/simple_pose/simple_pose_resnet.py',
    initialization: initialization(msraPrelu),
  };
}

export const POSE_RESNETS = {
  pose_resnet18: simpleBaseline(18),
  pose_resnet34: simpleBaseline(34),
  pose_resnet50: simpleBaseline(50),
  pose_resnet101: simpleBaseline(101),
  pose_resnet152: simpleBaseline(152),
  pose_resnet50_caffe: simpleBaseline(50, 'caffe'),
  pose_resnet101_caffe: simpleBaseline(101, 'caffe'),
  pose_resnet152_caffe: simpleBaseline(152, 'caffe'),
  simple_pose_resnet18_v1b: gluonCV(18),
  simple_pose_resnet50_v1b: gluonCV(50),
  simple_pose_resnet101_v1b: gluonCV(101),
  simple_pose_resnet152_v1b: gluonCV(152),
  simple_pose_resnet50_v1d: gluonCV(50, 'd'),
  simple_pose_resnet101_v1d: gluonCV(101, 'd'),
  simple_pose_resnet152_v1d: gluonCV(152, 'd'),
};

/** Images [N, height, width, 3], normalised RGB, to heatmaps [N, height / 32 * 2^deconvs, width / 32 * 2^deconvs, keypoints]. */
function buildPoseResNet(
  depth: ResNetDepth,
  style: ResNetStyle,
  options: PoseResNetOptions,
  name: string,
): tfl.LayersModel {
  checkOptions(options);
  if (style === 'd') checkCount('half of the width', options.width / 2);
  const { inputSize, keypoints, deconvFilters, deconvKernels, deconvBias, finalKernel } = options;
  const [width, height] = inputSize;

  const image = tfl.input({ shape: [height, width, 3], name: 'image' }); //        (N, H, W, 3)
  let x = resNet(image, { depth, style, width: options.width }); //                (N, H/32, W/32, 512 or 2048)
  deconvFilters.forEach((filters, i) => {
    const kernel = typeof deconvKernels === 'number' ? deconvKernels : deconvKernels[i];
    x = deconv(x, `deconv_layers.${3 * i}`, filters, kernel as DeconvKernel, { bias: deconvBias });
    x = relu(batchNorm(x, `deconv_layers.${3 * i + 1}`), `deconv_layers.${3 * i + 2}`);
  }); //                                                                           (N, H/4, W/4, 256)
  const heatmaps = conv(x, 'final_layer', keypoints, finalKernel, { bias: true }); // (N, H/4, W/4, keypoints)
  return tfl.model({ inputs: image, outputs: heatmaps, name });
}

function checkOptions({ deconvFilters, deconvKernels, finalKernel, width, ...common }: PoseResNetOptions): void {
  checkCommonOptions(common, 32);
  checkCount('width', width);
  if (!deconvFilters.every(isCount)) {
    throw new ModelError(`Expected deconvFilters to be positive integers, found [${deconvFilters.join(', ')}]`);
  }
  const kernels = [deconvKernels].flat();
  if (!kernels.every((kernel) => DECONV_KERNELS.includes(kernel))) {
    throw new ModelError(`Expected deconvKernels of 2, 3 or 4, found [${kernels.join(', ')}]`);
  }
  if (typeof deconvKernels !== 'number' && kernels.length !== deconvFilters.length) {
    throw new ModelError(
      `Expected one of deconvKernels for each of the ${deconvFilters.length} deconvFilters, found ${kernels.length}`,
    );
  }
  if (finalKernel !== 1 && finalKernel !== 3) {
    throw new ModelError(`Expected finalKernel 1 or 3, found ${finalKernel}`);
  }
}
