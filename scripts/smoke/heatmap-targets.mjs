import { gaussianHeatmaps } from '@pose/heatmap-targets';

const { heatmaps, weights } = gaussianHeatmaps([96, 128, 2, 0, 0, 0], { inputSize: [192, 256], heatmapSize: [48, 64] });
if (heatmaps[(32 * 48 + 24) * 2] !== 1) throw new Error('no peak where the keypoint is');
if (weights.join() !== '1,0') throw new Error(`weights ${weights.join()}: expected 1,0`);
