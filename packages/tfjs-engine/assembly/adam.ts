/**
 * One Adam step over `count` values; see src/loops/adam.ts. The moments, which are overwritten, move by keep * (new - old), which keeps the
 * weights' sum at exactly one although float32 cannot hold beta2 itself.
 */
export function adamStep(
  count: usize,
  value: usize,
  gradient: usize,
  firstMoment: usize,
  secondMoment: usize,
  nextValue: usize,
  keep1: f32,
  keep2: f32,
  stepSize: f32,
  rootCorrection: f32,
  epsilon: f32,
): void {
  const keep1s = f32x4.splat(keep1);
  const keep2s = f32x4.splat(keep2);
  const stepSizes = f32x4.splat(stepSize);
  const rootCorrections = f32x4.splat(rootCorrection);
  const epsilons = f32x4.splat(epsilon);
  const end = count << 2;
  let i: usize = 0;
  for (; i + 16 <= end; i += 16) {
    const g = v128.load(gradient + i);
    let m = v128.load(firstMoment + i);
    let v = v128.load(secondMoment + i);
    m = f32x4.add(m, f32x4.mul(keep1s, f32x4.sub(g, m)));
    v = f32x4.add(v, f32x4.mul(keep2s, f32x4.sub(f32x4.mul(g, g), v)));
    v128.store(firstMoment + i, m);
    v128.store(secondMoment + i, v);
    const denominator = f32x4.add(f32x4.mul(f32x4.sqrt(v), rootCorrections), epsilons);
    const step = f32x4.div(f32x4.mul(stepSizes, m), denominator);
    v128.store(nextValue + i, f32x4.sub(v128.load(value + i), step));
  }
  for (; i < end; i += 4) {
    const g = load<f32>(gradient + i);
    let m = load<f32>(firstMoment + i);
    let v = load<f32>(secondMoment + i);
    m += keep1 * (g - m);
    v += keep2 * (g * g - v);
    store<f32>(firstMoment + i, m);
    store<f32>(secondMoment + i, v);
    store<f32>(nextValue + i, load<f32>(value + i) - (stepSize * m) / (sqrt<f32>(v) * rootCorrection + epsilon));
  }
}
