export { DatasetError } from './dataset-error';
export { COCO_SKELETON, type Skeleton } from './coco-skeleton';
export type { CocoAnnotation, CocoCategory, CocoImage, CocoKeypoints, CocoSegmentation } from './coco-types';
export { readCocoKeypoints, type ReadCocoKeypointsOptions } from './read-coco-keypoints';
export type { OpenedCocoKeypoints } from './lazy-coco-keypoints';
export type { CocoTable } from './columns/coco-table';
export type { CocoColumns, RaggedColumn } from './columns/coco-columns';
export type { NumberColumn } from './columns/number-column';
export { parseCocoKeypoints } from './parse-coco-keypoints';
export {
  validateCocoKeypoints,
  type CocoDefect,
  type CocoValidation,
} from './annotation-checks/validate-coco-keypoints';
export { walkJsonFile, type JsonFileVisitor, type JsonMembers } from './json-stream/walk-json-file';
export { locateCocoSplit, type CocoSplit } from './locate-coco-split';
export { cleanBox } from './clean-box';
export { personInstances, type PersonInstance, type PersonInstancesOptions } from './person-instances';
export { readImage, type Image } from './read-image';
