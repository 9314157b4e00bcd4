/**
 * RGB bytes to float32 by a table.
 *
 * @param bytes   grey levels, three per pixel
 * @param end     where they end
 * @param levels  256 float32 for red, 256 for green, 256 for blue
 * @param out     float32, three per pixel
 * @param reverse whether blue comes first there
 */
export function lookUpLevels(bytes: usize, end: usize, levels: usize, out: usize, reverse: bool): void {
  const red: usize = reverse ? 8 : 0;
  const blue: usize = 8 - red;
  for (let i = bytes; i < end; i += 3) {
    store<f32>(out + red, load<f32>(levels + ((<usize>load<u8>(i)) << 2)));
    store<f32>(out, load<f32>(levels + ((<usize>load<u8>(i, 1)) << 2), 1024), 4);
    store<f32>(out + blue, load<f32>(levels + ((<usize>load<u8>(i, 2)) << 2), 2048));
    out += 12;
  }
}
