export { COCO_SIGMAS } from './linking/coco-sigmas';
export { constantVelocity } from './flow/constant-velocity';
export type { Flow, Movement } from './flow/flow';
export { flowFromField, type FlowFieldOptions } from './flow/flow-from-field';
export { OneEuroFilter, type OneEuroOptions, type OneEuroState } from './smoothing/one-euro-filter';
export type { Person, ScoredBox } from './person';
export { poseSimilarity, type PoseSimilarityOptions, type SizedPose } from './linking/pose-similarity';
export { type IdentifiedPerson, PoseSmoother, type PoseSmootherOptions } from './smoothing/pose-smoother';
export { PoseTracker, type PoseTrackerOptions, type UpdateOptions } from './linking/pose-tracker';
export {
  type MovingPerson,
  propagateBoxes,
  type PropagateBoxesOptions,
  type PropagatedBox,
} from './boxes/propagate-boxes';
export type { SmootherState } from './smoothing/smoother-state';
export type { Track } from './linking/track';
export { TrackError } from './track-error';
export type { TrackerState } from './linking/tracker-state';
export { unifyBoxes, type UnifyBoxesOptions } from './boxes/unify-boxes';
