import * as tfl from '@tensorflow/tfjs-layers';
import { normal } from '../../initialization/initialization';
import { conv } from '../../layers/convolution';
import { checkCommonOptions, isCount, type CommonOptions, type ModelDefinition } from '../../model-definition';
import { ModelError } from '../../model-error';
import { setTorchDifferences } from '../../torch/torch-differences';
import { conditionalChannelWeighting } from './conditional-channel-weighting';
import { fusion, FUSION_TWICE } from './fusion';
import { iterativeHead } from './iterative-head';
import { shuffleUnit } from './shuffle-unit';
import { stem } from './stem';
import { transition } from './transition';

/**
 * Lite-HRNet and the naive Lite-HRNet, one heatmap per keypoint.
 * Paper: Yu et al. 2021, "Lite-HRNet: A Lightweight High-Resolution Network", sections 3.1 and 3.2, table 1.
 * Origin: HRNet/Lite-HRNet, models/backbones/litehrnet.py; the head is TopDownSimpleHead of open-mmlab/mmpose 0.x.
 */

export interface LiteHRNetOptions extends CommonOptions {
  /** Channels of the highest resolution, doubled by each lower one: an even number from 8 on. Published: 40, or 30. */
  width: number;
}

/** What a module does to its branches before they are fused. */
type Blocks = (branches: readonly tfl.SymbolicTensor[], name: string) => tfl.SymbolicTensor[];

const BLOCKS_PER_MODULE = 2;

const lite: Blocks = (branches, name) => {
  let result = [...branches];
  for (let i = 0; i < BLOCKS_PER_MODULE; i++) result = conditionalChannelWeighting(result, `${name}.${i}`);
  return result;
};

const naive: Blocks = (branches, name) =>
  branches.map((branch, b) => {
    let x = branch;
    for (let i = 0; i < BLOCKS_PER_MODULE; i++) x = shuffleUnit(x, `${name}.${b}.${i}`);
    return x;
  });

/** Modules of the three stages, of 2, 3 and 4 branches. */
type Modules = readonly [number, number, number];
const MODULES_18: Modules = [2, 4, 2];
const MODULES_30: Modules = [3, 8, 3];

/** The backbone's (init_weights) and the head's alike. */
const STDDEV = 0.001;

function liteHRNet(blocks: Blocks, modules: Modules, width: number): ModelDefinition<LiteHRNetOptions> {
  return {
    source: 'HRNet/Lite-HRNet: models/backbones/litehrnet.py',
    defaults: { inputSize: [192, 256], keypoints: 17, width },
    build: (options, name) => buildLiteHRNet(blocks, modules, options, name),
    initialization: normal(STDDEV),
  };
}

export const LITE_HRNETS = {
  litehrnet_18: liteHRNet(lite, MODULES_18, 40),
  litehrnet_30: liteHRNet(lite, MODULES_30, 40),
  naive_litehrnet_18: liteHRNet(naive, MODULES_18, 30),
  wider_naive_litehrnet_18: liteHRNet(naive, MODULES_18, 40),
};

/** Images [N, height, width, 3], normalised RGB, to heatmaps [N, height / 4, width / 4, keypoints]. */
function buildLiteHRNet(blocks: Blocks, modules: Modules, options: LiteHRNetOptions, name: string): tfl.LayersModel {
  checkOptions(options);
  const [width, height] = options.inputSize;

  const image = tfl.input({ shape: [height, width, 3], name: 'image' }); //               (N, H, W, 3)
  let branches = [stem(image, 'backbone.stem')]; //                                       (N, H/4, W/4, 32)
  modules.forEach((count, stage) => {
    const widths = Array.from({ length: stage + 2 }, (_, branch) => options.width * 2 ** branch);
    branches = transition(branches, `backbone.transition${stage}`, widths);
    for (let i = 0; i < count; i++) {
      branches = blocks(branches, `backbone.stage${stage}.${i}.layers`);
      branches = fusion(branches, `backbone.stage${stage}.${i}.fuse_layers`);
    }
  }); //                                                                                  (N, H/4, W/4, 40) to (N, H/32, W/32, 320)
  const features = iterativeHead(branches, 'backbone.head_layer'); //                     (N, H/4, W/4, 40)
  const heatmaps = conv(features, 'keypoint_head.final_layer', options.keypoints, 1, { bias: true });
  const model = tfl.model({ inputs: image, outputs: heatmaps, name });
  setTorchDifferences(model, {
    evaluatedTwice: model.layers.map((layer) => layer.name).filter((layer) => FUSION_TWICE.test(layer)),
  });
  return model;
}

function checkOptions({ width, ...common }: LiteHRNetOptions): void {
  checkCommonOptions(common, 32);
  if (!isCount(width) || width % 2 !== 0 || width < 8) {
    throw new ModelError(`Expected an even number from 8 on for width, found ${width}`);
  }
}
