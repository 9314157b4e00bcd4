/** Every error that this package throws on purpose: an unknown model, impossible options, weights that do not fit. */
export class ModelError extends Error {
  override name = 'ModelError';
}
