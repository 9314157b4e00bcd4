import * as tfl from '@tensorflow/tfjs-layers';
import { registerLayers } from '../layers/register-layers';
import type { ModelDefinition } from '../model-definition';
import {
  checkDeepLabOptions,
  deepLab,
  DEEPLAB_DEFAULTS,
  deepLabInitialization,
  type DeepLabPoseOptions,
} from './deeplab-pose';
import type { ResNetDepth } from './resnet';
import { checkTransformerInput, spatialTransformer, transformerInitialization } from './spatial-transformer';

/** The DeepLab variant of SimpleBaseline within a spatial transformer. A saved model needs `registerLayers` to load. */

function stnDeepLabPose(depth: ResNetDepth): ModelDefinition<DeepLabPoseOptions> {
  return {
    source: 'pytorch/tutorials: intermediate_source/spatial_transformer_tutorial.py',
    defaults: DEEPLAB_DEFAULTS,
    build: (options, name) => {
      checkDeepLabOptions(options);
      checkTransformerInput(options.inputSize);
      registerLayers();
      const [width, height] = options.inputSize;
      const image = tfl.input({ shape: [height, width, 3], name: 'image' }); // (N, H, W, 3)
      const heatmaps = spatialTransformer(image, (transformed) => deepLab(transformed, depth, options));
      return tfl.model({ inputs: image, outputs: heatmaps, name }); //          (N, H/4, W/4, keypoints)
    },
    initialization: transformerInitialization(deepLabInitialization),
  };
}

export const STN_DEEPLAB_POSES = {
  stn_deeplab_resnet18: stnDeepLabPose(18),
  stn_deeplab_resnet50: stnDeepLabPose(50),
  stn_deeplab_resnet101: stnDeepLabPose(101),
};
