/** Every error that this package throws on purpose; the message says what to do about it. */
export class EngineError extends Error {
  override name = 'EngineError';
}
