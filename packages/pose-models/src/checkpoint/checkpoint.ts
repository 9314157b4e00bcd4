import type { DTypeName } from './dtypes';

/** The weights of a file that PyTorch or safetensors wrote. */
export interface Checkpoint {
  /** `zip`: torch.save since PyTorch 1.6. `legacy`: torch.save before. `safetensors`: the format of that name. */
  format: 'zip' | 'legacy' | 'safetensors';
  /** By state_dict key, in the file's order. Prefixes such as `module.` are left on. */
  tensors: ReadonlyMap<string, TorchTensor>;
}

/** A tensor that is still in the file's bytes: those must stay unchanged as long as `read` is called. */
export interface TorchTensor {
  /** Of the file; `read` converts it. */
  dtype: DTypeName;
  /** PyTorch's; [] for a scalar. */
  shape: readonly number[];
  /** A new array of the values, row-major, as float32: wider ones are rounded, booleans are 0 or 1. */
  read(): Float32Array;
}
