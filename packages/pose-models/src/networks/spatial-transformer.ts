import type * as tfl from '@tensorflow/tfjs-layers';
import { torchDefault, type Initialization } from '../initialization/initialization';
import { AffineSampler } from '../layers/affine-sampler';
import { conv } from '../layers/convolution';
import { relu } from '../layers/elementwise';
import { flatten, linear } from '../layers/linear';
import { maxPool2x2 } from '../layers/pooling';
import { ModelError } from '../model-error';

/**
 * A spatial transformer around a network from images to heatmaps (Jaderberg et al. 2015, "Spatial Transformer
 * Networks", section 3): a small localisation network looks at the image and chooses an affine transformation, and the
 * network sees the image under it.
 *
 * What it then finds is where keypoints are in the transformed image, whereas targets and decoding know the image that
 * came in. So the heatmaps are brought back by the inverse transformation, as in Fang et al. 2017, "RMPE: Regional
 * Multi-person Pose Estimation", section 3.2 ("spatial de-transformer network", equation 3): outputs, losses and
 * decoding are those of any other heatmap network, and the transformation learns through both of its uses.
 *
 * Localisation network and names are those of PyTorch's tutorial (pytorch/tutorials,
 * intermediate_source/spatial_transformer_tutorial.py): two unpadded convolutions, two linear layers, the last of them
 * the identity at first. Its output, layer `fc_loc.2`, is theta [N, 6]: see `sampleAffine`.
 */
export function spatialTransformer(
  image: tfl.SymbolicTensor, //                                                (N, H, W, C)
  network: (transformed: tfl.SymbolicTensor) => tfl.SymbolicTensor,
): tfl.SymbolicTensor {
  const theta = localisation(image); //                                        (N, 6)
  const sampler = new AffineSampler({ name: 'stn.sample' });
  const heatmaps = network(sampler.apply([image, theta]) as tfl.SymbolicTensor);
  const back = new AffineSampler({ name: 'stn.sample_back', inverse: true });
  return back.apply([heatmaps, theta]) as tfl.SymbolicTensor; //               (N, H/4, W/4, keypoints)
}

function localisation(image: tfl.SymbolicTensor): tfl.SymbolicTensor {
  let x = conv(image, 'localization.0', 8, 7, { bias: true, padded: false }); // (N, H - 6, W - 6, 8)
  x = relu(maxPool2x2(x, 'localization.1'), 'localization.2');
  x = conv(x, 'localization.3', 10, 5, { bias: true, padded: false });
  x = relu(maxPool2x2(x, 'localization.4'), 'localization.5'); //               (N, ~H/4 - 4, ~W/4 - 4, 10)
  x = flatten(x, 'localization.flatten');
  x = relu(linear(x, 'fc_loc.0', 32), 'fc_loc.1');
  return linear(x, 'fc_loc.2', 6);
}

/** The least side of an image that leaves the localisation network a pixel. */
const MIN_SIDE = 18;

/** @throws ModelError when the localisation network's unpadded convolutions leave nothing of the image */
export function checkTransformerInput(inputSize: readonly [number, number]): void {
  if (Math.min(...inputSize) < MIN_SIDE) {
    throw new ModelError(
      `Expected inputSize [width, height] of at least ${MIN_SIDE} for the localisation network, found [${inputSize.join(', ')}]`,
    );
  }
}

const IDENTITY = [1, 0, 0, 0, 1, 0];

/** PyTorch's default but for the last layer, the identity; @param network  of the other layers */
export function transformerInitialization(network: Initialization): Initialization {
  return (layer) => {
    if (layer.name === 'fc_loc.2') return { kernel: { normal: 0 }, bias: { values: IDENTITY } };
    return /^(localization|fc_loc)\./.test(layer.name) ? torchDefault(layer) : network(layer);
  };
}
