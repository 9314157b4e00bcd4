import * as tfl from '@tensorflow/tfjs-layers';
import { normal } from '../initialization/initialization';
import { conv } from '../layers/convolution';
import { add, batchNorm, relu, upsampleNearest } from '../layers/elementwise';
import { checkCommonOptions, checkCount, type CommonOptions, type ModelDefinition } from '../model-definition';
import { basicBlock, bottleneck } from './residual-blocks';

/**
 * HRNet: branches of several resolutions side by side, fused again and again; one heatmap per keypoint.
 * Paper: Sun et al. 2019, "Deep High-Resolution Representation Learning for Human Pose Estimation", section 3.
 * Origin: leoxiaobin/deep-high-resolution-net.pytorch, lib/models/pose_hrnet.py.
 */

export interface HRNetOptions extends CommonOptions {
  /** Channels of the highest resolution, doubled by each lower one. Published: 32 and 48. */
  width: number;
}

const STEM_WIDTH = 64;
/** Bottlenecks of layer1, the first stage; basic blocks per branch in the modules of the others. */
const BLOCKS = 4;
/** Modules of stage2 to stage4, which have 2, 3 and 4 branches. */
const MODULES = [1, 4, 3];
/** Of every kernel (init_weights). */
const STDDEV = 0.001;

function hrnet(width: number): ModelDefinition<HRNetOptions> {
  return {
    source: 'leoxiaobin/deep-high-resolution-net.pytorch: lib/models/pose_hrnet.py',
    defaults: { inputSize: [192, 256], keypoints: 17, width },
    build: buildHRNet,
    initialization: normal(STDDEV),
  };
}

export const HRNETS = {
  pose_hrnet_w32: hrnet(32),
  pose_hrnet_w48: hrnet(48),
};

/** Images [N, height, width, 3], normalised RGB, to heatmaps [N, height / 4, width / 4, keypoints]. */
function buildHRNet({ inputSize, keypoints, width }: HRNetOptions, name: string): tfl.LayersModel {
  checkCommonOptions({ inputSize, keypoints }, 32);
  checkCount('width', width);

  const image = tfl.input({ shape: [inputSize[1], inputSize[0], 3], name: 'image' }); //  (N, H, W, 3)
  let x = conv(image, 'conv1', STEM_WIDTH, 3, { strides: 2 });
  x = relu(batchNorm(x, 'bn1'), 'relu1'); //                                              (N, H/2, W/2, 64)
  x = conv(x, 'conv2', STEM_WIDTH, 3, { strides: 2 });
  x = relu(batchNorm(x, 'bn2'), 'relu2'); //                                              (N, H/4, W/4, 64)
  for (let i = 0; i < BLOCKS; i++) x = bottleneck(x, `layer1.${i}`, STEM_WIDTH, 1); //    (N, H/4, W/4, 256)

  let branches = [x];
  MODULES.forEach((modules, i) => {
    const widths = Array.from({ length: i + 2 }, (_, branch) => width * 2 ** branch);
    branches = transition(branches, `transition${i + 1}`, widths);
    for (let m = 0; m < modules; m++) {
      const isLast = i === MODULES.length - 1 && m === modules - 1;
      branches = highResolutionModule(branches, `stage${i + 2}.${m}`, isLast ? 1 : branches.length);
    }
  }); //                                                                                  (N, H/4, W/4, 32)
  const heatmaps = conv(branches[0], 'final_layer', keypoints, 1, { bias: true });
  return tfl.model({ inputs: image, outputs: heatmaps, name });
}

/** Branches are [N, H, W, C], from high to low resolution, each half the one before. */
type Branches = readonly tfl.SymbolicTensor[];

/** One branch more, from the lowest so far; a branch whose width differs from the next stage's passes a convolution. */
function transition(branches: Branches, name: string, widths: readonly number[]): tfl.SymbolicTensor[] {
  return widths.map((width, i) => {
    if (i === branches.length) return step(branches[i - 1], `${name}.${i}.0`, width, 2, true);
    return branches[i].shape[3] === width ? branches[i] : step(branches[i], `${name}.${i}`, width, 1, true);
  });
}

/** Basic blocks on every branch, then fusion into the first `outputs` of them. */
function highResolutionModule(branches: Branches, name: string, outputs: number): tfl.SymbolicTensor[] {
  const blocked = branches.map((branch, b) => {
    let x = branch;
    for (let i = 0; i < BLOCKS; i++) x = basicBlock(x, `${name}.branches.${b}.${i}`, branch.shape[3]!, 1);
    return x;
  });
  return blocked.slice(0, outputs).map((own, i) => {
    const terms = blocked.map((x, j) => fuse(x, `${name}.fuse_layers.${i}.${j}`, own.shape[3]!, i - j));
    return relu(add(terms, `${name}.fuse_layers.${i}.add`), `${name}.fuse_layers.${i}.relu`);
  });
}

/**
 * From one branch to another: `halvings` strided convolutions, of which only the last changes the width and only the
 * others have a ReLU; or, where it is negative, a 1x1 convolution and repeated pixels.
 */
function fuse(x: tfl.SymbolicTensor, name: string, width: number, halvings: number): tfl.SymbolicTensor {
  if (halvings < 0) {
    const y = batchNorm(conv(x, `${name}.0`, width, 1), `${name}.1`);
    return upsampleNearest(y, `${name}.2`, 2 ** -halvings);
  }
  let y = x;
  for (let k = 0; k < halvings; k++) {
    const isLast = k === halvings - 1;
    y = step(y, `${name}.${k}`, isLast ? width : x.shape[3]!, 2, !isLast);
  }
  return y;
}

/** 3x3 convolution, batch norm and maybe ReLU, as the modules `0` to `2` of an nn.Sequential. */
function step(
  x: tfl.SymbolicTensor,
  name: string,
  filters: number,
  strides: number,
  activate: boolean,
): tfl.SymbolicTensor {
  const y = batchNorm(conv(x, `${name}.0`, filters, 3, { strides }), `${name}.1`);
  return activate ? relu(y, `${name}.2`) : y;
}
