// Every argument that names an array is a byte offset into the imported memory. Nothing here allocates or has state.
export { adamStep } from './adam';
export { channelMoments, normalize, normalizeGradient } from './batch-norm';
export { convolution } from './convolution';
export { copyPhase } from './copy-phase';
export { copyRows } from './copy-rows';
export { depthwiseFilterGradient, depthwiseInputGradient } from './depthwise-gradient';
export { filterGradient, packPanels } from './filter-gradient';
export { maxPoolGradient } from './max-pool-gradient';
export { relu, reluGradient } from './relu';
export { resizeBilinearGradient } from './resize-bilinear-gradient';
export { transpose } from './transpose';
