/** Something that cannot be predicted with; the message says what was expected, what was found, and what to do. */
export class PredictorError extends Error {
  override readonly name = 'PredictorError';
}
