/** All distances are in values from one to the next; see {@link convolution}. */
export interface ConvolutionGeometry {
  /** Output pixels. */
  images: number;
  rows: number;
  columns: number;
  xImage: number;
  xRow: number;
  xColumn: number;
  yImage: number;
  yRow: number;
  yColumn: number;
  /** Runs of values under the filter. */
  tapRows: number;
  tapColumns: number;
  tapRow: number;
  tapColumn: number;
  /** Values that lie side by side: a row of the filter, or a tap of a dilated one. */
  runLength: number;
  outChannels: number;
}

/**
 * A convolution as sums of products of runs: for each output pixel, `tapRows * tapColumns` runs of `runLength` values of
 * x, each value weighted by a row of the filter. Distances say where pixels and taps lie, so strides, dilation and
 * every second pixel of an output are all the same; nothing is padded: all of x that is reached must be there.
 *
 * @param x  from the first tap of the first output pixel on
 * @param filter  [tapRows * tapColumns * runLength, outChannels]
 * @param y  from the first output pixel on; its values are overwritten
 * @param epilogue.bias  what is added to each of the output's channels
 * @param epilogue.relu  whether negative results become zero
 */
export function convolution(
  x: Float32Array,
  filter: Float32Array,
  g: ConvolutionGeometry,
  y: Float32Array,
  { bias, relu = false }: { bias?: Float32Array; relu?: boolean } = {},
): void {
  const sums = new Float64Array(g.outChannels);
  for (let n = 0; n < g.images; n++) {
    for (let row = 0; row < g.rows; row++) {
      for (let column = 0; column < g.columns; column++) {
        if (bias) sums.set(bias);
        else sums.fill(0);
        let weights = 0;
        for (let tapY = 0; tapY < g.tapRows; tapY++) {
          for (let tapX = 0; tapX < g.tapColumns; tapX++) {
            const tap = tapY * g.tapRow + tapX * g.tapColumn;
            const from = n * g.xImage + row * g.xRow + column * g.xColumn + tap;
            for (let i = 0; i < g.runLength; i++, weights += g.outChannels) {
              for (let k = 0; k < g.outChannels; k++) sums[k] += x[from + i] * filter[weights + k];
            }
          }
        }
        if (relu) sums.forEach((sum, k) => (sums[k] = Math.max(sum, 0)));
        y.set(sums, n * g.yImage + row * g.yRow + column * g.yColumn);
      }
    }
  }
}
