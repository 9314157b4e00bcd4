export { expectClose } from './expectations';
export type { Nested, Summary, Tolerance } from './expectations';
export { goldenFolder } from './golden-folder';
export { OPENPOSE_TARGET_LIMBS } from './openpose-target-limbs';
export { pipelineParity } from './pipeline-parity';
export type { Golden } from './pipeline-parity';
export { uniform } from './uniform';
