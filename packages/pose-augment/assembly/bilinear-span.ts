/** Adding 2^52 to a positive float64 below it, and taking it away, rounds to a whole number, halves to even. */
const WHOLE: f64 = 4503599627370496;

/** Added to a whole float64 of either sign, 1.5 * 2^52 leaves the number's 32 bits in the low half of the sum. */
const LOW_BITS: f64 = 6755399441055744;

/** 2^23, the same for float32: the sum's last byte is the grey level, rounded half to even. */
const LEVEL: f32 = 8388608;

/** float32 steps below err by less than 2^-13 grey levels; nearer to a half than 2^-12 they may round to the other side. */
const SURE: f32 = 0.5 - 1.0 / 4096;

/**
 * Pixels `from` to `to` of one row of a warped image, all of whose taps lie inside of the source: what
 * src/bilinear-span.ts computes, to the byte. Levels are computed in float32, three channels at once; the few that come
 * out next to a half are computed again in float64, with the operations of the plain loop in their order.
 *
 * @param source   the source's pixel (0, 0); with a right of -3, of the mirrored source
 * @param stride   bytes from one row of the source to the next
 * @param right    bytes from one pixel of the source to the next: 3, or -3 to read it mirrored
 * @param x, y     source position of the row's pixel 0
 * @param dx, dy   step of the source position from one pixel of the row to the next
 * @param out      RGB bytes of pixel `from`; one byte more than the pixels have is written over
 * @param scratch  room for 16 bytes
 */
export function bilinearSpan(
  source: usize,
  stride: i32,
  right: i32,
  x: f64,
  y: f64,
  dx: f64,
  dy: f64,
  from: i32,
  to: i32,
  out: usize,
  scratch: usize,
): void {
  const start = kept(f64x2.replace_lane(f64x2.splat(x), 1, y), scratch);
  const step = kept(f64x2.replace_lane(f64x2.splat(dx), 1, dy), scratch);
  const pitch = kept(f64x2.replace_lane(f64x2.splat(<f64>right), 1, <f64>stride), scratch);
  const lowBits = kept(f64x2.splat(LOW_BITS), scratch);
  const one = kept(f64x2.splat(1), scratch);
  const level = kept(f32x4.splat(LEVEL), scratch);
  const sure = kept(f32x4.splat(SURE), scratch);
  const lastByte = kept(i32x4.splat(255), scratch);
  // In memory the tap to the right comes first when the source is read mirrored: u becomes 1 - u.
  const first: usize = right < 0 ? right : 0;
  const turn = kept(f32x4.replace_lane(f32x4.splat(1), 0, right < 0 ? -1 : 1), scratch);
  const turned = kept(f32x4.replace_lane(f32x4.splat(0), 0, right < 0 ? 1 : 0), scratch);

  let column = f64x2.splat(<f64>from);
  const end = out + (to - from) * 3;
  for (let o = out; o < end; o += 3) {
    const position = f64x2.add(start, f64x2.mul(step, column)); // x, y
    column = f64x2.add(column, one);
    const corner = f64x2.floor(position); // left, top
    const fraction = f64x2.sub(position, corner); // u, v
    const offsets = f64x2.mul(corner, pitch);
    const offset = i32x4.extract_lane(f64x2.add(f64x2.add(offsets, lowBits), i64x2.shuffle(offsets, offsets, 1, 0)), 0);
    const p = source + offset;
    const q = p + stride;

    const weights = f32x4.add(f32x4.mul(f32x4.demote_f64x2_zero(fraction), turn), turned);
    const u = i32x4.shuffle(weights, weights, 0, 0, 0, 0);
    const v = i32x4.shuffle(weights, weights, 1, 1, 1, 1);
    const top = v128.load8x8_u(p + first); // two pixels: RGBRGB and two bytes that do not matter
    const down = i16x8.sub(v128.load8x8_u(q + first), top);
    const across = i16x8.sub(nextPixel(top), top);
    const twist = i16x8.sub(nextPixel(down), down);
    const value = f32x4.add(
      f32x4.add(floats(top), f32x4.mul(u, floats(across))),
      f32x4.mul(v, f32x4.add(floats(down), f32x4.mul(u, floats(twist)))),
    );
    const rounded = f32x4.add(value, level);
    const rest = f32x4.abs(f32x4.sub(value, f32x4.sub(rounded, level)));
    if (i32x4.bitmask(f32x4.gt(rest, sure)) & 7) {
      const fu = f64x2.extract_lane(fraction, 0);
      const fv = f64x2.extract_lane(fraction, 1);
      store<u8>(o, exactLevel(p, q, right, fu, fv));
      store<u8>(o + 1, exactLevel(p + 1, q + 1, right, fu, fv));
      store<u8>(o + 2, exactLevel(p + 2, q + 2, right, fu, fv));
    } else {
      const levels = i16x8.narrow_i32x4_s(v128.and(rounded, lastByte), rounded);
      v128.store32_lane(o, i8x16.narrow_i16x8_u(levels, levels), 0);
    }
  }
}

/** The same vector: V8 makes constants anew in each turn of a loop, but leaves in its register what it read from memory. */
function kept(x: v128, scratch: usize): v128 {
  v128.store(scratch, x);
  return v128.load(scratch);
}

function nextPixel(pixels: v128): v128 {
  return i16x8.shuffle(pixels, pixels, 3, 4, 5, 6, 7, 0, 1, 2);
}

/** The first four of eight int16. */
function floats(x: v128): v128 {
  return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(x));
}

function exactLevel(p: usize, q: usize, right: i32, u: f64, v: f64): u32 {
  const w11 = u * v;
  const w01 = u - w11;
  const w10 = v - w11;
  const w00 = 1 - u - w10;
  const value =
    <f64>load<u8>(p) * w00 + <f64>load<u8>(p + right) * w01 + <f64>load<u8>(q) * w10 + <f64>load<u8>(q + right) * w11;
  return <u32>(value + WHOLE - WHOLE);
}
