/** One number that a generator gave. */
export interface Draw {
  readonly kind: 'uniform' | 'normal';
  readonly value: number;
  /** the step of the `pipeline` that asked for it, as `outer/inner` in a pipeline within a pipeline; none outside of one */
  readonly step?: string;
}
