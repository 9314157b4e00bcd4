/**
 * How fresh values are drawn: normal with a standard deviation and mean zero, or uniform between plus and minus a bound;
 * or not drawn at all: these very values (of a bias, whose order is PyTorch's).
 */
export type Spread = { normal: number } | { uniform: number } | { values: readonly number[] };

export interface WeightSpread {
  kernel: Spread;
  /** Left out: zero. */
  bias?: Spread;
}

/** A layer with a kernel, as an initialisation sees it. Fans are those of torch.nn.init. */
export interface InitializedLayer {
  /** PyTorch's module name. */
  name: string;
  /** Product of the kernel's PyTorch shape without its first dimension. */
  fanIn: number;
  /** Product of the kernel's PyTorch shape without its second dimension. */
  fanOut: number;
}

/** What a network's authors draw a layer's fresh weights from. Batch norm starts at scale 1 and offset 0. */
export type Initialization = (layer: InitializedLayer) => WeightSpread;

/** He et al. 2015 with fan out, as torchvision's resnet.py. */
export const heFanOut: Initialization = ({ fanOut }) => ({ kernel: { normal: Math.sqrt(2 / fanOut) } });

/** He et al. 2015, equation 10: with fan in, for layers of ReLUs. */
export const heFanIn: Initialization = ({ fanIn }) => ({ kernel: { normal: Math.sqrt(2 / fanIn) } });

/**
 * He et al. 2015, equation 15, for PReLUs of slope 0.25 and with the mean of both fans: MXNet's MSRAPrelu with its
 * defaults (python/mxnet/initializer.py).
 */
export const msraPrelu: Initialization = ({ fanIn, fanOut }) => ({
  kernel: { normal: Math.sqrt(2 / (1 + 0.25 ** 2) / ((fanIn + fanOut) / 2)) },
});

/** PyTorch's own for convolutions and linear layers (torch/nn/modules/conv.py, reset_parameters). */
export const torchDefault: Initialization = ({ fanIn }) => {
  const uniform = 1 / Math.sqrt(fanIn);
  return { kernel: { uniform }, bias: { uniform } };
};

/** Every kernel from one normal distribution, biases zero. */
export function normal(standardDeviation: number): Initialization {
  return () => ({ kernel: { normal: standardDeviation } });
}
