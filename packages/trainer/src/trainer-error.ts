/** Every error that this package throws on purpose: what was expected, what was found, where, and what to do. */
export class TrainerError extends Error {
  override name = 'TrainerError';
}

/** A step whose loss is NaN or infinite. */
export class LossNotFiniteError extends TrainerError {}
