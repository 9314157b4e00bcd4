/** The first output whose input position `at * stride + offset` is not before the image. */
export function firstInside(offset: i32, stride: i32, outputs: i32): i32 {
  return offset < 0 ? min(outputs, (stride - 1 - offset) / stride) : 0;
}

/** The output after the last whose input position is inside of the image. */
export function pastInside(offset: i32, stride: i32, inputs: i32, first: i32, outputs: i32): i32 {
  return max(first, min(outputs, inputs > offset ? (inputs - 1 - offset) / stride + 1 : 0));
}
