/** Where a long task tells how far it is. */
export interface Reporter {
  /**
   * A task of `total` samples begins; one that is under way ends.
   *
   * @param done  samples that an earlier process did already; they do not count for the speed. Default 0
   */
  start(task: string, total: number, done?: number): void;
  /** `count` more samples are done; `values` (loss, accuracy) stand beside them. */
  advance(count: number, values?: Record<string, string>): void;
  /** Ends the task under way, if any. */
  stop(): void;
  /** A message; ends the task under way. */
  line(text: string): void;
}
