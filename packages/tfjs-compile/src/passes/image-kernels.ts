interface ImageKernel {
  /** Inputs that are images; the others stay as they are. */
  images: readonly string[];
  /** Whether the first output is an image. */
  givesImage: boolean;
}

const gives = (...images: string[]): ImageKernel => ({ images, givesImage: true });

/** The kernels that can have NCHW. */
export const IMAGE_KERNELS: Readonly<Record<string, ImageKernel>> = {
  Conv2D: gives('x'),
  FusedConv2D: gives('x'),
  FusedConv2DAdd: gives('x', 'addend'),
  FusedConv2DTranspose: gives('x'),
  Conv2DBackpropInput: gives('dy'),
  Conv2DBackpropFilter: { images: ['x', 'dy'], givesImage: false },
  DepthwiseConv2dNative: gives('x'),
  FusedDepthwiseConv2D: gives('x'),
  DepthwiseConv2dNativeBackpropInput: gives('dy'),
  DepthwiseConv2dNativeBackpropFilter: { images: ['x', 'dy'], givesImage: false },
  BatchNormTrain: gives('x'),
  BatchNormTrainGrad: gives('dy', 'x'),
  FusedBatchNorm: gives('x'),
  MaxPool: gives('x'),
  AvgPool: gives('x'),
  MaxPoolGrad: gives('dy', 'input', 'output'),
  AvgPoolGrad: gives('dy', 'input'),
  LRN: gives('x'),
  LRNGrad: gives('x', 'y', 'dy'),
  ResizeBilinear: gives('images'),
  ResizeNearestNeighbor: gives('images'),
  ResizeBilinearGrad: gives('images', 'dy'),
  ResizeNearestNeighborGrad: gives('images', 'dy'),
};
