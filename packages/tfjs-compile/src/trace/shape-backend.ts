import { engine, KernelBackend, util, type DataId, type Tensor } from '@tensorflow/tfjs-core';

/** Keeps float32 tensors of which only the shape is known, without memory. Where their values are needed, they are zeros. */
export class ShapeBackend extends KernelBackend {
  readonly #tensors = new Map<DataId, { readonly size: number; references: number }>();

  make(shape: readonly number[]): Tensor {
    const dataId = {};
    this.#tensors.set(dataId, { size: util.sizeFromShape([...shape]), references: 1 });
    return engine().makeTensorFromDataId(dataId, [...shape], 'float32', this) as Tensor;
  }

  has(dataId: DataId): boolean {
    return this.#tensors.has(dataId);
  }

  override readSync(dataId: DataId): Float32Array {
    return new Float32Array(this.#tensors.get(dataId)!.size);
  }

  override read(dataId: DataId): Promise<Float32Array> {
    return Promise.resolve(this.readSync(dataId));
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
