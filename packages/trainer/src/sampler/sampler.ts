import type { ReportPicture } from '../evaluation/evaluator';
import type { JsonValue } from '../json-value';

/** Decides which samples an epoch trains on, and in which order. */
export interface Sampler {
  /**
   * Places of the samples in the epoch's order; it may leave some out or repeat some. It is asked for once at the
   * epoch's start, and again when a run resumes in its middle, and is the same then: what `observe` learns takes effect
   * from the next epoch on.
   */
  order(epoch: number): Uint32Array;
  /** Told after each step: the places of its samples and their losses, one for each. */
  observe?(places: readonly number[], losses: Float32Array): void;
  /** All that `order` depends on besides the options, as it is in the middle of an epoch too. */
  state?(): JsonValue;
  /** Goes on from what `state` gave. */
  restore?(state: JsonValue): void;
  /** Pictures of what it did, for the report. */
  figures?(): ReportPicture[];
}
