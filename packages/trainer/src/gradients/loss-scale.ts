/** What a checkpoint keeps of a `LossScale`. */
export interface LossScaleState {
  scale: number;
  steps: number;
}

/** Steps without an overflow, after which the scale grows. */
const GROWTH_INTERVAL = 2000;
const GROWTH = 2;
const BACKOFF = 0.5;

/**
 * What the loss is multiplied by, lest its gradients vanish in float16 (Micikevicius et al. 2018, section 3.2); they are
 * divided by it in float32. It moves as torch.amp.GradScaler's (torch/amp/grad_scaler.py), with its constants: down when
 * gradients overflowed, and the step is left out; up after many steps in which none did.
 */
export class LossScale {
  #scale: number;
  /** Since it last changed. */
  #steps: number;

  constructor({ scale, steps }: LossScaleState = { scale: 2 ** 16, steps: 0 }) {
    this.#scale = scale;
    this.#steps = steps;
  }

  get value(): number {
    return this.#scale;
  }

  /** @param overflowed  whether any gradient of the step was not finite */
  update(overflowed: boolean): void {
    this.#steps = overflowed ? 0 : this.#steps + 1;
    if (overflowed) this.#scale *= BACKOFF;
    if (this.#steps < GROWTH_INTERVAL) return;
    this.#scale *= GROWTH;
    this.#steps = 0;
  }

  state(): LossScaleState {
    return { scale: this.#scale, steps: this.#steps };
  }
}
