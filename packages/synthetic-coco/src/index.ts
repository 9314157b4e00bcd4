export {
  makeSyntheticCoco,
  type MakeSyntheticCocoOptions,
  type SyntheticCoco,
  type SyntheticSplit,
} from './make-synthetic-coco';
export { sampleScene, type SampleSceneOptions } from './sample-scene';
export { drawScene } from './draw-scene';
export { sceneAnnotations, type PersonAnnotation } from './scene-annotations';
export { type CocoAnnotation, type CocoFile } from './coco-file';
export { type Color, type Finish, type Paint, type Person, type Prop, type Scene, type Shape } from './scene';
export { type Body } from './body';
export { type Look } from './look';
export { type Activity, type ArmPose, type LegPose, type Pose } from './pose';
export { SyntheticCocoError } from './synthetic-coco-error';
