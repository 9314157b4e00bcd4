import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { FilterGeometry } from '../../loops/filter-gradient';
import { allocate, view, type BackendWasm } from '../wasm-backend';
import type { HeapLoops } from './heap-loops';
import type { SimdKernels } from './simd-kernels';

/** Channels per panel, as assembly/filter-gradient.ts has them. */
const IN_PANEL = 4;
const OUT_PANEL = 8;

/** The filter's gradient: x and dy are packed into panels of channels once, for all taps of the filter. */
export function filterGradient(backend: BackendWasm, kernels: SimdKernels): HeapLoops['filterGradient'] {
  const on = ({ dataId }: TensorInfo) => backend.getMemoryOffset(dataId);
  return (x, dy, geometry, dFilter) => {
    const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = geometry;
    const g = inWindows(geometry);
    const pixels = { x: batchSize * inHeight * g.inWidth, dy: batchSize * outHeight * outWidth };
    const xPanels = allocate(backend, [Math.ceil(g.inChannels / IN_PANEL), pixels.x, IN_PANEL]);
    const dyPanels = allocate(backend, [Math.ceil(outChannels / OUT_PANEL), pixels.dy, OUT_PANEL]);
    const row = inWidth * inChannels;
    kernels.packPanels(
      on(x),
      batchSize * inHeight,
      g.inWidth,
      row,
      g.columnDistance,
      g.inChannels,
      IN_PANEL,
      on(xPanels),
    );
    kernels.packPanels(
      on(dy),
      batchSize * outHeight,
      outWidth,
      outWidth * outChannels,
      outChannels,
      outChannels,
      OUT_PANEL,
      on(dyPanels),
    );
    view(backend, dFilter).fill(0);
    kernels.filterGradient(
      on(xPanels),
      on(dyPanels),
      batchSize,
      inHeight,
      g.inWidth,
      g.inChannels,
      outHeight,
      outWidth,
      outChannels,
      g.filterHeight,
      g.filterWidth,
      g.strideHeight,
      g.strideWidth,
      g.padTop,
      g.padLeft,
      on(dFilter),
    );
    backend.disposeData(xPanels.dataId);
    backend.disposeData(dyPanels.dataId);
  };
}

/**
 * A filter's row over an image of fewer channels than a panel has is taken for one tap over all values under it, if
 * nothing is padded left and right: 7 x 3 values fill their panels, 3 channels do not.
 */
function inWindows(g: FilterGeometry): FilterGeometry & { columnDistance: number } {
  const last = (g.outWidth - 1) * g.strideWidth - g.padLeft + g.filterWidth;
  if (g.inChannels >= IN_PANEL || g.padLeft > 0 || last > g.inWidth) return { ...g, columnDistance: g.inChannels };
  return {
    ...g,
    columnDistance: g.strideWidth * g.inChannels,
    inChannels: g.filterWidth * g.inChannels,
    inWidth: g.outWidth,
    filterWidth: 1,
    strideWidth: 1,
  };
}
