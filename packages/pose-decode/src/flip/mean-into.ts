/** The mean of both, in float32, written over the second. */
export function meanInto(one: Float32Array, other: Float32Array): Float32Array {
  for (let i = 0; i < other.length; i++) other[i] = (one[i] + other[i]) * 0.5;
  return other;
}
