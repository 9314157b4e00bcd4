/** Every error that this package throws on purpose: tensors whose shapes do not belong together. */
export class LossError extends Error {
  override name = 'LossError';
}
