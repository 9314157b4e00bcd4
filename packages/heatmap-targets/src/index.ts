export {
  associativeEmbeddingTargets,
  type AssociativeEmbeddingOptions,
  type AssociativeEmbeddingTargets,
} from './associative-embedding-targets';
export { confidenceMaps, type ConfidenceMapOptions } from './confidence-maps';
export { gaussianHeatmaps, type GaussianOptions } from './gaussian-heatmaps';
export type { HeatmapLayout, Size } from './heatmap-layout';
export type { HeatmapOptions, HeatmapTargets, Weighting } from './heatmap-options';
export { ignoreMask, type IgnoreMaskOptions } from './ignore-mask';
export { megviiHeatmaps, type MegviiOptions } from './megvii-heatmaps';
export { multiResolutionTargets, type MultiResolutionOptions } from './multi-resolution-targets';
export { offsetFields, type OffsetFieldOptions, type OffsetFields } from './offset-fields';
export { partAffinityFields, type PartAffinityOptions } from './part-affinity-fields';
export { peopleHeatmaps, type PeopleHeatmapOptions } from './people-heatmaps';
export { simccLabels, type SimccLabels, type SimccOptions } from './simcc-labels';
export { TargetError } from './target-error';
export { udpCombinedMaps, type UdpCombinedOptions } from './udp-combined-maps';
export { udpHeatmaps } from './udp-heatmaps';
export { unbiasedHeatmaps, type UnbiasedOptions } from './unbiased-heatmaps';
