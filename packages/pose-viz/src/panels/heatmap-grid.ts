import type { Image } from '../picture/image';
import { VizError } from '../viz-error';
import { heatmapPanel, checkHeatmaps, type HeatmapPanelOptions } from './heatmap-panel';
import { panelGrid } from './panel-grid';

export interface HeatmapGridOptions extends HeatmapPanelOptions {
  /** Of the keypoints, one each. */
  names: readonly string[];
  /** Panels per row; default as many as make the grid nearly square. */
  columns?: number;
}

/**
 * The heatmap of each keypoint by itself, as `heatmapPanel` shows it, with its name and largest value under it.
 *
 * @param heatmaps  size[0] * size[1] * K numbers in the order of `options.layout`; 1 is a target's peak
 * @param image     the crop that the heatmaps belong to, of any size; the heatmaps are enlarged to it
 * @returns a new picture
 * @throws VizError when a length does not fit, there are not as many names as keypoints, or a value is not finite
 */
export function heatmapGrid(heatmaps: ArrayLike<number>, options: HeatmapGridOptions, image?: Image): Image {
  const { size, keypoints, layout = 'hwk', names } = options;
  checkHeatmaps(heatmaps, options, 'heatmapGrid');
  if (names?.length !== keypoints) {
    throw new VizError(`heatmapGrid: expected ${keypoints} options.names, one per keypoint, found ${names?.length}`);
  }
  const pixels = size[0] * size[1];
  const [pixelStride, keypointStride] = layout === 'hwk' ? [keypoints, 1] : [1, pixels];
  const one = new Float32Array(pixels);
  const captions: string[] = [];
  const panels = names.map((name, k) => {
    let largest = -Infinity;
    for (let p = 0; p < pixels; p++) {
      one[p] = heatmaps[p * pixelStride + k * keypointStride];
      if (!Number.isFinite(one[p])) {
        const where = `x ${p % size[0]}, y ${Math.floor(p / size[0])} of keypoint ${k} (${name})`;
        throw new VizError(`heatmapGrid: expected finite values, found ${one[p]} at ${where}`);
      }
      if (one[p] > largest) largest = one[p];
    }
    captions.push(`${name} ${largest.toFixed(2)}`);
    return heatmapPanel(one, { size, keypoints: 1 }, image);
  });
  return panelGrid(panels, captions, options.columns);
}
