// Batch normalisation over x [count, channels]; see src/loops/batch-norm.ts. Rows are taken in blocks that stay in a
// cache, and within a block eight channels at a time (the rest one by one), with all rows inside: so memory is read once
// per pass, and sums and coefficients stay in registers.
import { high, low } from './lanes';

/** Bytes of x in a block. */
const BLOCK: usize = 1 << 15;

function rowsPerBlock(rowBytes: usize): usize {
  return max<usize>(1, BLOCK / rowBytes);
}

/**
 * Per-channel mean and biased variance in float64, from those of the blocks (Chan, Golub and LeVeque 1979, eq. 2.1).
 *
 * @param scratch  2 * channels float64
 */
export function channelMoments(
  count: usize,
  channels: usize,
  x: usize,
  mean: usize,
  variance: usize,
  scratch: usize,
): void {
  const rowBytes = channels << 2;
  const squares = scratch + (channels << 3);
  memory.fill(scratch, 0, channels << 4);
  const block = rowsPerBlock(rowBytes);
  for (let row: usize = 0; row < count; row += block) {
    const rows = min(block, count - row);
    const from = x + row * rowBytes;
    const share = f64(rows) / f64(row + rows);
    let c: usize = 0;
    for (; c + 32 <= rowBytes; c += 32) merge8(row, rows, share, rowBytes, from + c, scratch + 2 * c, squares + 2 * c);
    for (; c < rowBytes; c += 4) merge1(row, rows, share, rowBytes, from + c, scratch + 2 * c, squares + 2 * c);
  }
  for (let c: usize = 0; c < channels; c++) {
    store<f32>(mean + (c << 2), f32(load<f64>(scratch + (c << 3))));
    store<f32>(variance + (c << 2), f32(load<f64>(squares + (c << 3)) / f64(count)));
  }
}

/** Takes a block of rows into the mean of eight channels and the sum of squares about it, which `seen` rows made. */
function merge8(seen: usize, rows: usize, share: f64, rowBytes: usize, x: usize, mean: usize, squares: usize): void {
  const end = x + rows * rowBytes;
  const n = f64x2.splat(f64(rows));
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
  const shares = f64x2.splat(share);
  const weights = f64x2.splat(f64(seen) * share);
  merge2(m0, s0, shares, weights, mean, squares);
  merge2(m1, s1, shares, weights, mean + 16, squares + 16);
  merge2(m2, s2, shares, weights, mean + 32, squares + 32);
  merge2(m3, s3, shares, weights, mean + 48, squares + 48);
}

function merge2(blockMean: v128, blockSquares: v128, share: v128, weight: v128, mean: usize, squares: usize): void {
  const before = v128.load(mean);
  const d = f64x2.sub(blockMean, before);
  v128.store(mean, f64x2.add(before, f64x2.mul(d, share)));
  const between = f64x2.mul(f64x2.mul(d, d), weight);
  v128.store(squares, f64x2.add(v128.load(squares), f64x2.add(blockSquares, between)));
}

function merge1(seen: usize, rows: usize, share: f64, rowBytes: usize, x: usize, mean: usize, squares: usize): void {
  const end = x + rows * rowBytes;
  let sum: f64 = 0;
  for (let row = x; row < end; row += rowBytes) sum += f64(load<f32>(row));
  const m = sum / f64(rows);
  let within: f64 = 0;
  for (let row = x; row < end; row += rowBytes) {
    const d = f64(load<f32>(row)) - m;
    within += d * d;
  }
  const before = load<f64>(mean);
  const d = m - before;
  store<f64>(mean, before + d * share);
  store<f64>(squares, load<f64>(squares) + within + d * d * f64(seen) * share);
}

/** scratch[c] = 1 / sqrt(variance[c] + epsilon) in float32. */
function inverseDeviations(channels: usize, variance: usize, epsilon: f64, scratch: usize): void {
  const end = channels << 2;
  for (let c: usize = 0; c < end; c += 4) {
    store<f32>(scratch + c, f32(1 / sqrt<f64>(f64(load<f32>(variance + c)) + epsilon)));
  }
}

/**
 * y = (x - mean) * scale / sqrt(variance + epsilon) + offset.
 *
 * @param scratch  channels float32
 */
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
  scratch: usize,
): void {
  inverseDeviations(channels, variance, epsilon, scratch);
  const rowBytes = channels << 2;
  const size = count * rowBytes;
  const block = rowsPerBlock(rowBytes) * rowBytes;
  for (let start: usize = 0; start < size; start += block) {
    const end = min(start + block, size);
    let c: usize = 0;
    for (; c + 32 <= rowBytes; c += 32) {
      const factorA = f32x4.mul(v128.load(scale + c), v128.load(scratch + c));
      const factorB = f32x4.mul(v128.load(scale + c, 16), v128.load(scratch + c, 16));
      const meanA = v128.load(mean + c);
      const meanB = v128.load(mean + c, 16);
      const offsetA = v128.load(offset + c);
      const offsetB = v128.load(offset + c, 16);
      for (let i = start + c; i < end; i += rowBytes) {
        v128.store(y + i, f32x4.add(f32x4.mul(f32x4.sub(v128.load(x + i), meanA), factorA), offsetA));
        v128.store(y + i, f32x4.add(f32x4.mul(f32x4.sub(v128.load(x + i, 16), meanB), factorB), offsetB), 16);
      }
    }
    for (; c < rowBytes; c += 4) {
      const factor = load<f32>(scale + c) * load<f32>(scratch + c);
      const m = load<f32>(mean + c);
      const o = load<f32>(offset + c);
      for (let i = start + c; i < end; i += rowBytes) store<f32>(y + i, (load<f32>(x + i) - m) * factor + o);
    }
  }
}

/**
 * Gradients of normalize where mean and variance are those of x itself: dOffset = sum(dy), dScale = sum(dy * xhat),
 * dx = scale * inverse * (dy - dOffset / count - (x - mean) * inverse * dScale / count). The sums are taken in float64.
 *
 * @param scratch  2 * channels float64
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
  scratch: usize,
): void {
  const rowBytes = channels << 2;
  const size = count * rowBytes;
  const block = rowsPerBlock(rowBytes) * rowBytes;
  const products = scratch + 2 * rowBytes;
  memory.fill(scratch, 0, 4 * rowBytes);
  for (let start: usize = 0; start < size; start += block) {
    const end = min(start + block, size);
    let c: usize = 0;
    for (; c + 32 <= rowBytes; c += 32) sums8(start + c, end, rowBytes, dy, x, scratch + 2 * c, products + 2 * c);
    for (; c < rowBytes; c += 4) sums1(start + c, end, rowBytes, dy, x, scratch + 2 * c, products + 2 * c);
  }
  for (let c: usize = 0; c < rowBytes; c += 4) {
    const inverse = 1 / sqrt<f64>(f64(load<f32>(variance + c)) + epsilon);
    const sum = load<f64>(scratch + 2 * c);
    // sum(dy * (x - mean)) as sum(dy * x) - mean * sum(dy)
    store<f32>(dScale + c, f32((load<f64>(products + 2 * c) - sum * f64(load<f32>(mean + c))) * inverse));
    store<f32>(dOffset + c, f32(sum));
  }
  inverseDeviations(channels, variance, epsilon, scratch);
  const n = f32x4.splat(f32(count));
  for (let start: usize = 0; start < size; start += block) {
    const end = min(start + block, size);
    let c: usize = 0;
    for (; c + 16 <= rowBytes; c += 16) {
      const inverse = v128.load(scratch + c);
      const m = v128.load(mean + c);
      const byDy = f32x4.mul(v128.load(scale + c), inverse);
      const byX = f32x4.div(f32x4.mul(inverse, v128.load(dScale + c)), n);
      const meanDy = f32x4.div(v128.load(dOffset + c), n);
      for (let i = start + c; i < end; i += rowBytes) {
        const part = f32x4.mul(f32x4.sub(v128.load(x + i), m), byX);
        v128.store(dx + i, f32x4.mul(f32x4.sub(f32x4.sub(v128.load(dy + i), meanDy), part), byDy));
      }
    }
    for (; c < rowBytes; c += 4) {
      const inverse = load<f32>(scratch + c);
      const m = load<f32>(mean + c);
      const byDy = load<f32>(scale + c) * inverse;
      const byX = (inverse * load<f32>(dScale + c)) / f32(count);
      const meanDy = load<f32>(dOffset + c) / f32(count);
      for (let i = start + c; i < end; i += rowBytes) {
        store<f32>(dx + i, (load<f32>(dy + i) - meanDy - (load<f32>(x + i) - m) * byX) * byDy);
      }
    }
  }
}

/** Adds to the float64 sums of dy and of dy * x of eight channels. */
function sums8(start: usize, end: usize, rowBytes: usize, dy: usize, x: usize, sums: usize, products: usize): void {
  let d0 = v128.load(sums);
  let d1 = v128.load(sums, 16);
  let d2 = v128.load(sums, 32);
  let d3 = v128.load(sums, 48);
  let p0 = v128.load(products);
  let p1 = v128.load(products, 16);
  let p2 = v128.load(products, 32);
  let p3 = v128.load(products, 48);
  for (let i = start; i < end; i += rowBytes) {
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
  v128.store(sums, d0);
  v128.store(sums, d1, 16);
  v128.store(sums, d2, 32);
  v128.store(sums, d3, 48);
  v128.store(products, p0);
  v128.store(products, p1, 16);
  v128.store(products, p2, 32);
  v128.store(products, p3, 48);
}

function sums1(start: usize, end: usize, rowBytes: usize, dy: usize, x: usize, sums: usize, products: usize): void {
  let sum = load<f64>(sums);
  let product = load<f64>(products);
  for (let i = start; i < end; i += rowBytes) {
    const g = f64(load<f32>(dy + i));
    sum += g;
    product += g * f64(load<f32>(x + i));
  }
  store<f64>(sums, sum);
  store<f64>(products, product);
}
