import { engine, KernelBackend, util, type DataId, type Tensor } from '@tensorflow/tfjs-core';
import { CompileError } from '../compile-error';

/**
 * Keeps float32 tensors of which only the shape is known, without memory. Where their values are needed, they are zeros, as
 * long as a trace goes on; afterwards there are none.
 */
export class ShapeBackend extends KernelBackend {
  readonly #tensors = new Map<DataId, { readonly size: number; references: number }>();
  #isTracing = true;

  make(shape: readonly number[]): Tensor {
    const dataId = {};
    this.#tensors.set(dataId, { size: util.sizeFromShape([...shape]), references: 1 });
    return engine().makeTensorFromDataId(dataId, [...shape], 'float32', this) as Tensor;
  }

  has(dataId: DataId): boolean {
    return this.#tensors.has(dataId);
  }

  endTrace(): void {
    this.#isTracing = false;
  }

  /** @throws CompileError after the trace, lest a tensor that outlives it passes for zeros */
  override readSync(dataId: DataId): Float32Array {
    if (!this.#isTracing) {
      throw new CompileError(
        'This tensor was made while a function was compiled, which computes no values. Make what is to be kept before.',
      );
    }
    return new Float32Array(this.#tensors.get(dataId)!.size);
  }

  override read(dataId: DataId): Promise<Float32Array> {
    return new Promise((resolve) => resolve(this.readSync(dataId)));
  }

  override refCount(dataId: DataId): number {
    return this.#tensors.get(dataId)?.references ?? 0;
  }

  override incRef(dataId: DataId): void {
    this.#tensors.get(dataId)!.references++;
  }

  /** @returns whether nothing refers to it any more */
  override disposeData(dataId: DataId, force = false): boolean {
    const tensor = this.#tensors.get(dataId);
    if (tensor && --tensor.references > 0 && !force) return false;
    this.#tensors.delete(dataId);
    return true;
  }
}
