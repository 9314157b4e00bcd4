import {
  backend_util,
  registerKernel,
  getKernel,
  unregisterKernel,
  util,
  type KernelConfig,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { defineKernel } from '../../define-kernel';
import type { Shape4D } from '../../loop-kernels/attributes';
import { allocate, view, type BackendWasm } from '../wasm-backend';
import type { HelperThread } from './helper-thread';

type ConvInputs = {
  x: TensorInfo;
  dy: TensorInfo;
  filter: TensorInfo;
  bias?: TensorInfo;
  preluActivationWeights?: TensorInfo;
};
type ConvAttributes = {
  strides: number | [number, number];
  pad: Parameters<typeof backend_util.computeConv2DInfo>[4];
  dilations?: number | [number, number];
  inputShape: Shape4D;
  filterShape: Shape4D;
};

/** Below this many multiply-adds a call costs less than handing half of it over. */
const WORTH_SPLITTING = 2_000_000;

/** `outputs` are the convolution's: what its filter is applied to, forwards and backwards. */
interface Shapes {
  input: Shape4D;
  filter: Shape4D;
  result: Shape4D;
  outputs: Shape4D;
}

/**
 * How a convolution kernel falls apart along the batch: which inputs are cut, and which shapes the calls have.
 * The filter's gradient is the sum of the parts, everything else is the parts one after the other.
 */
interface Splitting {
  kernel: 'Conv2D' | 'FusedConv2D' | 'Conv2DBackpropInput' | 'Conv2DBackpropFilter';
  cut: readonly ('x' | 'dy')[];
  whole: readonly ('filter' | 'bias')[];
  shapes(inputs: ConvInputs, attributes: ConvAttributes): Shapes;
  /** The attributes of a call on `count` images. */
  partial(attributes: ConvAttributes, count: number): Record<string, unknown>;
  sums: boolean;
}

const forward = {
  cut: ['x'],
  whole: ['filter', 'bias'],
  shapes: ({ x, filter }: ConvInputs, { strides, pad, dilations = 1 }: ConvAttributes) => {
    const [input, kernel] = [x.shape as Shape4D, filter.shape as Shape4D];
    const { outShape } = backend_util.computeConv2DInfo(input, kernel, strides, dilations, pad);
    return { input, filter: kernel, result: outShape, outputs: outShape };
  },
  partial: (attributes: ConvAttributes) => ({ ...attributes }),
  sums: false,
} as const;

const SPLITTINGS: readonly Splitting[] = [
  { kernel: 'Conv2D', ...forward },
  { kernel: 'FusedConv2D', ...forward },
  {
    kernel: 'Conv2DBackpropInput',
    cut: ['dy'],
    whole: ['filter'],
    shapes: ({ dy, filter }, { inputShape }) => ({
      input: inputShape,
      filter: filter.shape as Shape4D,
      result: inputShape,
      outputs: dy.shape as Shape4D,
    }),
    partial: (attributes, count) => ({ ...attributes, inputShape: [count, ...attributes.inputShape.slice(1)] }),
    sums: false,
  },
  {
    kernel: 'Conv2DBackpropFilter',
    cut: ['x', 'dy'],
    whole: [],
    shapes: ({ x, dy }, { filterShape }) => ({
      input: x.shape as Shape4D,
      filter: filterShape,
      result: filterShape,
      outputs: dy.shape as Shape4D,
    }),
    partial: (attributes) => ({ ...attributes }),
    sums: true,
  },
];

/** Replaces the wasm convolution kernels by ones that share each batch with the helper thread. */
export function splitConvolutions(helper: HelperThread): void {
  for (const splitting of SPLITTINGS) {
    const whole = getKernel(splitting.kernel, 'wasm');
    unregisterKernel(splitting.kernel, 'wasm');
    registerKernel(splitKernel(splitting, whole, helper));
  }
}

function splitKernel(splitting: Splitting, whole: KernelConfig, helper: HelperThread): KernelConfig {
  const { kernel, cut, partial, sums } = splitting;
  const run = (inputs: Record<string, TensorInfo>, attributes: object, backend: BackendWasm) =>
    whole.kernelFunc({ inputs, attrs: attributes as never, backend }) as TensorInfo;

  const split = defineKernel(
    'wasm',
    kernel,
    (inputs: ConvInputs & Record<string, TensorInfo>, attributes: ConvAttributes, backend: BackendWasm) => {
      const batch = inputs[cut[0]].shape[0];
      if (batch < 2 || inputs.preluActivationWeights) return run(inputs, attributes, backend);
      const { input, filter, result, outputs } = splitting.shapes(inputs, attributes);
      const pixels = util.sizeFromShape(outputs.slice(0, 3));
      if (pixels * util.sizeFromShape(filter) < WORTH_SPLITTING) return run(inputs, attributes, backend);

      const ours = Math.ceil(batch / 2);
      const theirs = batch - ours;
      const head: Record<string, TensorInfo> = {};
      const tail: Record<string, { values: Float32Array; shape: number[] }> = {};
      for (const name of cut) {
        const { dataId, dtype, shape } = inputs[name];
        const rest = shape.slice(1);
        // The first images of a batch are the head of its memory, so a smaller shape is all that it takes.
        head[name] = { dataId, dtype, shape: [ours, ...rest] };
        const values = view(backend, inputs[name]).subarray(ours * util.sizeFromShape(rest));
        tail[name] = { values, shape: [theirs, ...rest] };
      }
      for (const name of splitting.whole) {
        const tensor = inputs[name];
        if (!tensor) continue;
        head[name] = tensor;
        tail[name] = { values: view(backend, tensor), shape: tensor.shape };
      }
      const size = util.sizeFromShape(result);
      const share = sums ? size : (size / batch) * theirs;
      helper.begin(kernel, tail, partial({ ...attributes, inputShape: input }, theirs), share);
      let first: TensorInfo;
      let second: Float32Array;
      try {
        first = run(head, partial({ ...attributes, inputShape: input }, ours), backend);
      } finally {
        // Also when our half fails: the helper must be idle before it is asked again.
        second = helper.finish();
      }
      if (sums) {
        const values = view(backend, first);
        for (let i = 0; i < values.length; i++) values[i] += second[i];
        return first;
      }
      const joined = allocate(backend, result);
      const values = view(backend, joined);
      values.set(view(backend, first));
      values.set(second, size - share);
      backend.disposeData(first.dataId);
      return joined;
    },
  );
  // Kernels keep their wasm function in a variable of their own, which the set-up of the original has filled.
  return { ...whole, kernelFunc: split.kernelFunc };
}
