export {
  gaussianHeatmaps,
  type GaussianOptions,
  type HeatmapLayout,
  type HeatmapTargets,
  type Size,
} from './gaussian-heatmaps';
export { TargetError } from './target-error';
