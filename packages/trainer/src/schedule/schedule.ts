import type { JsonValue } from '../json-value';

/** Where a phase of training stands. */
export interface SchedulePosition {
  /** Optimizer steps of this phase before this one. */
  step: number;
  /** Epoch of this phase, from 0. */
  epoch: number;
  stepsPerEpoch: number;
}

/** The learning rate of every step of a phase. */
export interface Schedule {
  rate(at: SchedulePosition): number;
  /** Takes up an epoch's value, such as its loss; the rates after it may depend on it. */
  observe?(value: number): void;
  /** What `observe` has learned, for a checkpoint. */
  state?(): JsonValue;
  /** Takes up what `state` gave. @throws TrainerError when it is no state of such a schedule */
  restore?(state: JsonValue): void;
}
