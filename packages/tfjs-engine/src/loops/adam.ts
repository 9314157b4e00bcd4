/**
 * One Adam step (Kingma & Ba 2015, algorithm 1, in PyTorch's form: epsilon outside of the root, both moments
 * bias-corrected): the value after it goes to `next`, which may be `value`; the moments are overwritten.
 */
export function adamStep(
  value: Float32Array,
  gradient: Float32Array,
  firstMoment: Float32Array,
  secondMoment: Float32Array,
  { learningRate, beta1, beta2, epsilon, step }: AdamAttributes,
  next: Float32Array,
): void {
  const stepSize = learningRate / (1 - beta1 ** step);
  const rootCorrection = 1 / Math.sqrt(1 - beta2 ** step);
  const keep1 = 1 - beta1;
  const keep2 = 1 - beta2;
  for (let i = 0; i < value.length; i++) {
    const g = gradient[i];
    const m = beta1 * firstMoment[i] + keep1 * g;
    const v = beta2 * secondMoment[i] + keep2 * g * g;
    firstMoment[i] = m;
    secondMoment[i] = v;
    next[i] = value[i] - (stepSize * m) / (Math.sqrt(v) * rootCorrection + epsilon);
  }
}

/** @property step counts from 1; it decides the bias correction. */
export interface AdamAttributes {
  learningRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  step: number;
}
