import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { AdamUpdateInputs, BatchNormTrainGradInputs, BatchNormTrainInputs } from '../../define-kernel';
import type { AdamAttributes } from '../../loops/adam';
import type { ConvolutionGeometry } from '../../loops/convolution';
import type { DepthwiseLoops } from '../../loop-kernels/depthwise-grads';
import type { ResizeLoops } from '../../loop-kernels/resize-grads';
import type { PhaseGrid } from '../../loops/copy-phase';
import type { FilterGeometry } from '../../loops/filter-gradient';
import type { WindowGeometry } from '../../loops/window-geometry';
import type { BackendWasm } from '../wasm-backend';
import { plainLoops } from './plain-loops';
import { simdKernels, type HeapMemory } from './simd-kernels';
import { simdLoops } from './simd-loops';

/** A tensor's values from the float number `at` on. */
export interface Slice {
  tensor: TensorInfo;
  at: number;
}

/** The loops of src/loops over tensors on the heap of tfjs' wasm backend; all outputs are allocated by the caller. */
export interface HeapLoops extends DepthwiseLoops, ResizeLoops {
  /** The moments are overwritten. */
  adamStep(inputs: AdamUpdateInputs, attributes: AdamAttributes, next: TensorInfo): void;
  channelMoments(x: TensorInfo, mean: TensorInfo, variance: TensorInfo): void;
  normalize(inputs: BatchNormTrainInputs, mean: TensorInfo, variance: TensorInfo, epsilon: number, y: TensorInfo): void;
  normalizeGradient(
    inputs: BatchNormTrainGradInputs,
    epsilon: number,
    outputs: { dx: TensorInfo; dScale: TensorInfo; dOffset: TensorInfo },
  ): void;
  relu(x: TensorInfo, y: TensorInfo): void;
  /** dx = dy where y is positive, else 0. */
  reluGradient(dy: TensorInfo, y: TensorInfo, dx: TensorInfo): void;
  /** `source` and `target` from the first tap of the first pixel, and from the first pixel, on. */
  convolution(
    source: Slice,
    filter: TensorInfo,
    geometry: ConvolutionGeometry,
    target: Slice,
    epilogue?: { bias?: TensorInfo; relu: boolean },
  ): void;
  transpose(source: Slice, rows: number, columns: number, target: Slice): void;
  /** `dFilter` is overwritten. */
  filterGradient(x: TensorInfo, dy: TensorInfo, geometry: FilterGeometry, dFilter: TensorInfo): void;
  /** `dx` is overwritten. */
  maxPoolGradient(dy: TensorInfo, x: TensorInfo, geometry: WindowGeometry, dx: TensorInfo): void;
  copyPhase(source: TensorInfo, grid: PhaseGrid, target: TensorInfo): void;
  copyRows(source: Slice, sourceStep: number, target: Slice, targetStep: number, size: number, count: number): void;
}

const loopsOf = new WeakMap<BackendWasm, HeapLoops>();

/** The SIMD loops where they can run on this backend's heap, else the plain ones. */
export function heapLoops(backend: BackendWasm): HeapLoops {
  let loops = loopsOf.get(backend);
  if (!loops) {
    // Emscripten's exports are no part of tfjs' types.
    const { memory } = (backend.wasm as unknown as { asm?: { memory?: HeapMemory } }).asm ?? {};
    const kernels = memory && simdKernels(memory);
    loops = kernels ? simdLoops(backend, kernels) : plainLoops(backend);
    loopsOf.set(backend, loops);
  }
  return loops;
}
