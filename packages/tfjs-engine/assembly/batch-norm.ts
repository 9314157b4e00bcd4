// Batch normalisation over x [count, channels]; see src/loops/batch-norm.ts. Channels are taken 8 at a time, the rest
// one by one, with all rows inside: so sums and coefficients stay in registers, and no scratch memory is needed.
import { high, low, narrow } from './lanes';

/** Per-channel mean and biased variance, summed in float64; two passes. */
export function channelMoments(count: usize, channels: usize, x: usize, mean: usize, variance: usize): void {
  const rowBytes = channels << 2;
  let c: usize = 0;
  for (; c + 32 <= rowBytes; c += 32) moments8(count, rowBytes, x + c, mean + c, variance + c);
  for (; c < rowBytes; c += 4) moments1(count, rowBytes, x + c, mean + c, variance + c);
}

function moments8(count: usize, rowBytes: usize, x: usize, mean: usize, variance: usize): void {
  const end = x + count * rowBytes;
  const n = f64x2.splat(f64(count));
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (let row = x; row < end; row += rowBytes) {
    const a = v128.load(row);
    const b = v128.load(row, 16);
    s0 = f64x2.add(s0, low(a));
    s1 = f64x2.add(s1, high(a));
    s2 = f64x2.add(s2, low(b));
    s3 = f64x2.add(s3, high(b));
  }
  const m0 = f64x2.div(s0, n);
  const m1 = f64x2.div(s1, n);
  const m2 = f64x2.div(s2, n);
  const m3 = f64x2.div(s3, n);
  s0 = s1 = s2 = s3 = f64x2.splat(0);
  for (let row = x; row < end; row += rowBytes) {
    const a = v128.load(row);
    const b = v128.load(row, 16);
    const d0 = f64x2.sub(low(a), m0);
    const d1 = f64x2.sub(high(a), m1);
    const d2 = f64x2.sub(low(b), m2);
    const d3 = f64x2.sub(high(b), m3);
    s0 = f64x2.add(s0, f64x2.mul(d0, d0));
    s1 = f64x2.add(s1, f64x2.mul(d1, d1));
    s2 = f64x2.add(s2, f64x2.mul(d2, d2));
    s3 = f64x2.add(s3, f64x2.mul(d3, d3));
  }
  v128.store(mean, narrow(m0, m1));
  v128.store(mean, narrow(m2, m3), 16);
  v128.store(variance, narrow(f64x2.div(s0, n), f64x2.div(s1, n)));
  v128.store(variance, narrow(f64x2.div(s2, n), f64x2.div(s3, n)), 16);
}

function moments1(count: usize, rowBytes: usize, x: usize, mean: usize, variance: usize): void {
  const end = x + count * rowBytes;
  let sum: f64 = 0;
  for (let row = x; row < end; row += rowBytes) sum += f64(load<f32>(row));
  const m = sum / f64(count);
  let squares: f64 = 0;
  for (let row = x; row < end; row += rowBytes) {
    const d = f64(load<f32>(row)) - m;
    squares += d * d;
  }
  store<f32>(mean, f32(m));
  store<f32>(variance, f32(squares / f64(count)));
}

/** y = (x - mean) * scale / sqrt(variance + epsilon) + offset. */
export function normalize(
  count: usize,
  channels: usize,
  x: usize,
  mean: usize,
  variance: usize,
  scale: usize,
  offset: usize,
  epsilon: f64,
  y: usize,
): void {
  const rowBytes = channels << 2;
  const size = count * rowBytes;
  let c: usize = 0;
  for (; c + 32 <= rowBytes; c += 32) {
    const factorA = f32x4.mul(v128.load(scale + c), inverse4(variance + c, epsilon));
    const factorB = f32x4.mul(v128.load(scale + c, 16), inverse4(variance + c + 16, epsilon));
    const meanA = v128.load(mean + c);
    const meanB = v128.load(mean + c, 16);
    const offsetA = v128.load(offset + c);
    const offsetB = v128.load(offset + c, 16);
    for (let i = c; i < size; i += rowBytes) {
      v128.store(y + i, f32x4.add(f32x4.mul(f32x4.sub(v128.load(x + i), meanA), factorA), offsetA));
      v128.store(y + i, f32x4.add(f32x4.mul(f32x4.sub(v128.load(x + i, 16), meanB), factorB), offsetB), 16);
    }
  }
  for (; c < rowBytes; c += 4) {
    const factor = load<f32>(scale + c) * inverse1(variance + c, epsilon);
    const m = load<f32>(mean + c);
    const o = load<f32>(offset + c);
    for (let i = c; i < size; i += rowBytes) store<f32>(y + i, (load<f32>(x + i) - m) * factor + o);
  }
}

/** 1 / sqrt(variance + epsilon) of one channel, and of four. */
function inverse1(variance: usize, epsilon: f64): f32 {
  return f32(1 / sqrt<f64>(f64(load<f32>(variance)) + epsilon));
}

function inverse4(variance: usize, epsilon: f64): v128 {
  const v = v128.load(variance);
  const e = f64x2.splat(epsilon);
  const one = f64x2.splat(1);
  return narrow(f64x2.div(one, f64x2.sqrt(f64x2.add(low(v), e))), f64x2.div(one, f64x2.sqrt(f64x2.add(high(v), e))));
}

/**
 * Gradients of normalize where mean and variance are those of x itself: dOffset = sum(dy), dScale = sum(dy * xhat),
 * dx = scale * inverse * (dy - dOffset / count - (x - mean) * inverse * dScale / count). The sums are taken in float64.
 */
export function normalizeGradient(
  count: usize,
  channels: usize,
  dy: usize,
  x: usize,
  scale: usize,
  mean: usize,
  variance: usize,
  epsilon: f64,
  dx: usize,
  dScale: usize,
  dOffset: usize,
): void {
  const rowBytes = channels << 2;
  const size = count * rowBytes;
  let c: usize = 0;
  for (; c + 32 <= rowBytes; c += 32) {
    const inverseA = inverse4(variance + c, epsilon);
    const inverseB = inverse4(variance + c + 16, epsilon);
    sums8(size, rowBytes, dy + c, x + c, mean + c, dScale + c, dOffset + c);
    v128.store(dScale + c, f32x4.mul(v128.load(dScale + c), inverseA));
    v128.store(dScale + c, f32x4.mul(v128.load(dScale + c, 16), inverseB), 16);
    const n = f32x4.splat(f32(count));
    const meanA = v128.load(mean + c);
    const meanB = v128.load(mean + c, 16);
    const byDyA = f32x4.mul(v128.load(scale + c), inverseA);
    const byDyB = f32x4.mul(v128.load(scale + c, 16), inverseB);
    const byXA = f32x4.div(f32x4.mul(inverseA, v128.load(dScale + c)), n);
    const byXB = f32x4.div(f32x4.mul(inverseB, v128.load(dScale + c, 16)), n);
    const meanDyA = f32x4.div(v128.load(dOffset + c), n);
    const meanDyB = f32x4.div(v128.load(dOffset + c, 16), n);
    for (let i = c; i < size; i += rowBytes) {
      const a = f32x4.sub(v128.load(dy + i), meanDyA);
      const b = f32x4.sub(v128.load(dy + i, 16), meanDyB);
      const xA = f32x4.mul(f32x4.sub(v128.load(x + i), meanA), byXA);
      const xB = f32x4.mul(f32x4.sub(v128.load(x + i, 16), meanB), byXB);
      v128.store(dx + i, f32x4.mul(f32x4.sub(a, xA), byDyA));
      v128.store(dx + i, f32x4.mul(f32x4.sub(b, xB), byDyB), 16);
    }
  }
  for (; c < rowBytes; c += 4) {
    const inverse = inverse1(variance + c, epsilon);
    const m = load<f32>(mean + c);
    let sumDy: f64 = 0;
    let sumDyX: f64 = 0;
    for (let i = c; i < size; i += rowBytes) {
      const g = f64(load<f32>(dy + i));
      sumDy += g;
      sumDyX += g * (f64(load<f32>(x + i)) - f64(m));
    }
    store<f32>(dOffset + c, f32(sumDy));
    store<f32>(dScale + c, f32(sumDyX) * inverse);
    const byDy = load<f32>(scale + c) * inverse;
    const byX = (inverse * load<f32>(dScale + c)) / f32(count);
    const meanDy = load<f32>(dOffset + c) / f32(count);
    for (let i = c; i < size; i += rowBytes) {
      store<f32>(dx + i, (load<f32>(dy + i) - meanDy - (load<f32>(x + i) - m) * byX) * byDy);
    }
  }
}

/** Of eight channels: the sums of dy, and of dy * (x - mean) as sum(dy * x) - mean * sum(dy). */
function sums8(size: usize, rowBytes: usize, dy: usize, x: usize, mean: usize, centred: usize, sum: usize): void {
  let d0 = f64x2.splat(0);
  let d1 = d0;
  let d2 = d0;
  let d3 = d0;
  let p0 = d0;
  let p1 = d0;
  let p2 = d0;
  let p3 = d0;
  for (let i: usize = 0; i < size; i += rowBytes) {
    const gA = v128.load(dy + i);
    const gB = v128.load(dy + i, 16);
    const xA = v128.load(x + i);
    const xB = v128.load(x + i, 16);
    const g0 = low(gA);
    const g1 = high(gA);
    const g2 = low(gB);
    const g3 = high(gB);
    d0 = f64x2.add(d0, g0);
    d1 = f64x2.add(d1, g1);
    d2 = f64x2.add(d2, g2);
    d3 = f64x2.add(d3, g3);
    p0 = f64x2.add(p0, f64x2.mul(g0, low(xA)));
    p1 = f64x2.add(p1, f64x2.mul(g1, high(xA)));
    p2 = f64x2.add(p2, f64x2.mul(g2, low(xB)));
    p3 = f64x2.add(p3, f64x2.mul(g3, high(xB)));
  }
  const mA = v128.load(mean);
  const mB = v128.load(mean, 16);
  v128.store(sum, narrow(d0, d1));
  v128.store(sum, narrow(d2, d3), 16);
  p0 = f64x2.sub(p0, f64x2.mul(d0, low(mA)));
  p1 = f64x2.sub(p1, f64x2.mul(d1, high(mA)));
  p2 = f64x2.sub(p2, f64x2.mul(d2, low(mB)));
  p3 = f64x2.sub(p3, f64x2.mul(d3, high(mB)));
  v128.store(centred, narrow(p0, p1));
  v128.store(centred, narrow(p2, p3), 16);
}
