import type { TensorInfo } from '@tensorflow/tfjs-core';
import { allocate, view, type BackendWasm } from '../wasm-backend';
import type { HeapLoops, Slice } from './heap-loops';
import type { SimdKernels } from './simd-kernels';

/** Output channels per panel of filters, as assembly/convolution.ts has them. */
const PANEL = 8;

/** The filter is packed into panels of output channels; the bias, filled up to whole panels, lies behind them. */
export function convolution(backend: BackendWasm, kernels: SimdKernels): HeapLoops['convolution'] {
  const on = ({ dataId }: TensorInfo) => backend.getMemoryOffset(dataId);
  const from = ({ tensor, at }: Slice) => on(tensor) + at * Float32Array.BYTES_PER_ELEMENT;
  return (source, filter, g, target, { bias, relu } = { relu: false }) => {
    const taps = g.tapRows * g.tapColumns * g.runLength;
    const channels = PANEL * Math.ceil(g.outChannels / PANEL);
    const panels = allocate(backend, [channels * (taps + 1)]);
    const start = view(backend, panels)
      .subarray(channels * taps)
      .fill(0);
    if (bias) start.set(view(backend, bias));
    kernels.packPanels(on(filter), 1, taps, 0, g.outChannels, g.outChannels, PANEL, on(panels));
    kernels.convolution(
      from(source),
      on(panels),
      from(target),
      g.images,
      g.rows,
      g.columns,
      g.xImage,
      g.xRow,
      g.xColumn,
      g.yImage,
      g.yRow,
      g.yColumn,
      g.tapRows,
      g.tapColumns,
      g.tapRow,
      g.tapColumn,
      g.runLength,
      g.outChannels,
      from({ tensor: panels, at: channels * taps }),
      relu ? 0 : -Infinity,
    );
    backend.disposeData(panels.dataId);
  };
}
