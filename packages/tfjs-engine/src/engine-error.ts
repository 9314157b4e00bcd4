/** Every error that this package throws on purpose; the message says what to do about it. */
export class EngineError extends Error {
  override name = 'EngineError';
}

/** @param fact  what was not to be had */
export function outOfMemory(fact: string, cause?: unknown): EngineError {
  return new EngineError(
    `Out of memory: ${fact}. Use a smaller batch (--batch) or a smaller network input (--input); memory grows in ` +
      'proportion to both.',
    { cause },
  );
}
