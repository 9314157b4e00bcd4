import { tensor, type DataId, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import type { Tensor as OnnxTensor } from 'onnxruntime-node';
import type { ValueArray, TensorType } from '../../graph/graph';
import { copyOf } from '../tensor-memory';

/** What a variable holds in ONNX Runtime, which takes it at each step and gives back what it holds afterwards. */
export class ResidentTensor {
  readonly variable: Variable;
  /** What the next step takes. */
  current: OnnxTensor | undefined;
  /** Memory that the next step may write to. */
  spare: OnnxTensor | undefined;
  /** Whether steps have changed it since the tf.Variable held the same. */
  isAhead = false;
  /** What the tf.Variable held when both were last the same. */
  #seen: DataId | undefined;

  constructor(variable: Variable) {
    this.variable = variable;
  }

  /** Whether the tf.Variable holds something else than when both were last the same. */
  get isAssignedAnew(): boolean {
    return this.variable.dataId !== this.#seen;
  }

  /** Takes over what the tf.Variable holds. */
  load(wrap: (values: ValueArray, like: Tensor) => OnnxTensor): void {
    this.#release();
    this.current = wrap(copyOf(this.variable), this.variable);
    this.#seen = this.variable.dataId;
    this.isAhead = false;
  }

  /** What a step has made: to be held from now on, or not. */
  take(made: OnnxTensor, isKept: boolean): void {
    const left = isKept ? this.current : made;
    if (isKept) {
      this.current = made;
      this.isAhead = true;
    }
    if (left?.location === 'cpu') this.spare = left;
    else left?.dispose();
  }

  /** Gives the tf.Variable what it holds. @param values  of `current` */
  store(values: ValueArray): void {
    const { dtype, shape } = this.variable;
    const value = tensor(values, shape, dtype as TensorType);
    this.variable.assign(value);
    value.dispose();
    this.forget();
  }

  /** The next step goes from what the tf.Variable holds: an engine that changes it in place does not tell. */
  forget(): void {
    this.#seen = undefined;
    this.isAhead = false;
  }

  dispose(): void {
    this.#release();
    this.spare = undefined;
  }

  #release(): void {
    if (this.current && this.current.location !== 'cpu') this.current.dispose();
    this.current = undefined;
  }
}
