/** RGB, row-major, interleaved: value c of pixel (x, y) is `data[(y * width + x) * 3 + c]`. */
export interface Image {
  data: Uint8Array;
  width: number;
  height: number;
  channels: 3;
}

/** An image of `width` x `height` in `into` where that is large enough, else in new memory. */
export function blankImage(width: number, height: number, into?: Uint8Array): Image {
  const length = width * height * 3;
  const data =
    into && into.length >= length
      ? into.subarray(0, length)
      : // Not zeroed, since every byte is written; not of Buffer's pool, so that it can be transferred to a thread.
        new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
  return { data, width, height, channels: 3 };
}
