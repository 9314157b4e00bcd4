/** Thrown for heatmaps and arguments that this package cannot work with; the message says what was expected and what was found. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
}
