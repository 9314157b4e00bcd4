/** Every error of this package: says what was expected, what was found, and where. */
export class VizError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'VizError';
  }
}
