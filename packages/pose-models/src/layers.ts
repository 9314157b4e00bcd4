import * as tfl from '@tensorflow/tfjs-layers';
import { BatchNorm } from './batch-norm';
import { withLazyGradients } from './lazy-gradients';

/**
 * Layers that the networks share, with PyTorch's geometry. `name` is always PyTorch's module name; layers that PyTorch
 * does not have (explicit padding) append to it. Create layers in the order of the PyTorch modules: `torchEntries` lists them so.
 */

/** Spread of the head's kernels before training (Microsoft/human-pose-estimation.pytorch, lib/models/pose_resnet.py, init_weights). */
const HEAD_STDDEV = 0.001;

/** nn.Conv2d with an odd kernel, padding (kernelSize - 1) / 2 and no bias: [N, H, W, C] to [N, H / strides, W / strides, filters]. */
export function conv(
  x: tfl.SymbolicTensor,
  name: string,
  filters: number,
  kernelSize: number,
  strides = 1,
): tfl.SymbolicTensor {
  // PyTorch pads all four sides alike. At stride 1 so does 'same'; at stride 2 on even sizes 'same' pads less at the
  // top left, which would move every sampling position.
  const explicit = strides > 1 && kernelSize > 1;
  const padding = explicit ? 'valid' : 'same';
  const layer = tfl.layers.conv2d({
    name,
    filters,
    kernelSize,
    strides,
    padding,
    useBias: false,
    // He et al. 2015 with fan out, as torchvision's resnet.py.
    kernelInitializer: tfl.initializers.randomNormal({ stddev: Math.sqrt(2 / (kernelSize ** 2 * filters)) }),
  });
  return applyUnset(withLazyGradients(layer, strides, padding), explicit ? pad(x, name, (kernelSize - 1) / 2) : x);
}

/** nn.ConvTranspose2d(kernel 4, stride 2, padding 1) without bias: [N, H, W, C] to [N, 2H, 2W, filters]; here 'same' is PyTorch's geometry. */
export function deconv4x4(x: tfl.SymbolicTensor, name: string, filters: number): tfl.SymbolicTensor {
  const kernelInitializer = tfl.initializers.randomNormal({ stddev: HEAD_STDDEV });
  return applyUnset(
    tfl.layers.conv2dTranspose({
      name,
      filters,
      kernelSize: 4,
      strides: 2,
      padding: 'same',
      useBias: false,
      kernelInitializer,
    }),
    x,
  );
}

/** The heatmap layer, a 1x1 nn.Conv2d with bias: [N, H, W, C] to [N, H, W, keypoints]. */
export function headConv(x: tfl.SymbolicTensor, name: string, keypoints: number): tfl.SymbolicTensor {
  const kernelInitializer = tfl.initializers.randomNormal({ stddev: HEAD_STDDEV });
  return applyUnset(tfl.layers.conv2d({ name, filters: keypoints, kernelSize: 1, kernelInitializer }), x);
}

/**
 * nn.MaxPool2d(kernel 3, stride 2, padding 1). PyTorch pads with minus infinity; zeros give the same result here
 * because the input comes from a ReLU and every window holds at least one of its values.
 */
export function maxPoolAfterRelu(x: tfl.SymbolicTensor, name: string): tfl.SymbolicTensor {
  return apply(tfl.layers.maxPooling2d({ name, poolSize: 3, strides: 2, padding: 'valid' }), pad(x, name, 1));
}

export function batchNorm(x: tfl.SymbolicTensor, name: string): tfl.SymbolicTensor {
  return apply(new BatchNorm({ name }), x);
}

export function relu(x: tfl.SymbolicTensor, name: string): tfl.SymbolicTensor {
  return apply(tfl.layers.reLU({ name }), x);
}

export function add(a: tfl.SymbolicTensor, b: tfl.SymbolicTensor, name: string): tfl.SymbolicTensor {
  return tfl.layers.add({ name }).apply([a, b]) as tfl.SymbolicTensor;
}

function pad(x: tfl.SymbolicTensor, name: string, padding: number): tfl.SymbolicTensor {
  return apply(tfl.layers.zeroPadding2d({ name: `${name}.pad`, padding }), x);
}

/** Builds the layer with a kernel of zeros: `initializeKernels` draws it from a seed instead of the backend. */
function applyUnset(layer: tfl.layers.Layer, x: tfl.SymbolicTensor): tfl.SymbolicTensor {
  layer.setFastWeightInitDuringBuild(true);
  return apply(layer, x);
}

function apply(layer: tfl.layers.Layer, x: tfl.SymbolicTensor): tfl.SymbolicTensor {
  return layer.apply(x) as tfl.SymbolicTensor;
}
