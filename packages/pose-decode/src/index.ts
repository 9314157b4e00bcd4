export { DecodeError } from './decode-error';
export { decodeHeatmaps, type DecodeOptions } from './decode-heatmaps';
export { flipHeatmaps, type FlipOptions } from './flip-heatmaps';
export type { HeatmapLayout, HeatmapShape, Point, Size } from './heatmap-shape';
export { heatmapToImage, type ImageRegion } from './heatmap-to-image';
export { mergeFlipped } from './merge-flipped';
export { personScore, type PersonScoreOptions } from './person-score';
