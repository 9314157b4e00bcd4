/** Thrown for every argument that this package cannot work with; the message says what was expected and what was found. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
}
