/** Pictures could not be written. The message is for the user as it stands; `cause` is the first error. */
export class PlotsError extends Error {
  override readonly name = 'PlotsError';
}
