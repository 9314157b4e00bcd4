/** Every error that this package throws on purpose: tensors whose shapes do not belong together, options out of range. */
export class LossError extends Error {
  override name = 'LossError';
}
