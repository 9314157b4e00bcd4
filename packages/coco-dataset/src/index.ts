export { DatasetError } from './dataset-error';
export type { CocoAnnotation, CocoCategory, CocoImage, CocoKeypoints, CocoSegmentation } from './coco-types';
export { readCocoKeypoints, type ReadCocoKeypointsOptions } from './read-coco-keypoints';
export type { OpenedCocoKeypoints } from './lazy-coco-keypoints';
export type { CocoTable } from './columns/coco-table';
export type { CocoColumns, RaggedColumn } from './columns/coco-columns';
export type { NumberColumn } from './columns/number-column';
export type { Skeleton } from './skeletons/skeleton';
export { defineSkeleton } from './skeletons/define-skeleton';
export { COCO_SKELETON } from './skeletons/coco';
export { OPENPOSE_SKELETON } from './skeletons/openpose';
export { openPoseKeypoints } from './skeletons/openpose-keypoints';
export { CROWDPOSE_SKELETON } from './skeletons/crowdpose';
export { MPII_SKELETON } from './skeletons/mpii';
export { AIC_SKELETON } from './skeletons/aic';
export { HALPE26_SKELETON } from './skeletons/halpe26';
export { COCO_WHOLEBODY_SKELETON } from './skeletons/coco-wholebody';
export { parseCocoKeypoints } from './parse-coco-keypoints';
export {
  validateCocoKeypoints,
  type CocoDefect,
  type CocoValidation,
} from './annotation-checks/validate-coco-keypoints';
export { walkJsonFile, type JsonFileVisitor, type JsonMembers } from './json-stream/walk-json-file';
export { locateCocoSplit, type CocoSplit } from './locate-coco-split';
export { cleanBox } from './clean-box';
export type { PersonInstance } from './instances/person-instance';
export { personInstances, type PersonInstancesOptions } from './instances/person-instances';
export type { DetectedBoxes } from './instances/detected-instances';
export {
  imageInstances,
  type ImageInstance,
  type ImageInstancesOptions,
  type ImagePerson,
} from './instances/image-instances';
export type { Region } from './regions/region';
export { rasterizeRegions } from './regions/rasterize-regions';
export { readDetections, type Detection, type ReadDetectionsOptions } from './detections/read-detections';
export { selectDetections, type DetectionThresholds } from './detections/select-detections';
export { boxNms } from './detections/box-nms';
export { readImage, type Image } from './read-image';
export { readCrowdPose, type CrowdPoseImage, type CrowdPoseKeypoints } from './formats/crowdpose';
export { parseMpii, type MpiiPerson } from './formats/parse-mpii';
export { readMpii, type MpiiInstance, type ReadMpiiOptions } from './formats/read-mpii';
export { subset, splitByShare, type SubsetOptions } from './subset/subset';
export type { ImageChoice } from './subset/choose-images';
export { duplicate } from './subset/duplicate';
export { cocoStats, type CocoStats, type Quantiles } from './coco-stats';
export { subsetFile, type OnBytes, type WrittenCounts } from './rewrite/subset-file';
export { mergeFiles, type MergeOptions } from './rewrite/merge-files';
