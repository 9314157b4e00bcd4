/** Which of the inputs an error is about; the command line turns it into a file name. */
export type CocoEvalErrorSource = 'groundTruth' | 'detections' | 'params' | 'heatmaps';

/** Every error that this package throws. The message says what was expected, what was found, and where. */
export class CocoEvalError extends Error {
  override readonly name = 'CocoEvalError';
  /** The input at fault. */
  readonly source: CocoEvalErrorSource;

  constructor(source: CocoEvalErrorSource, message: string) {
    super(message);
    this.source = source;
  }
}
