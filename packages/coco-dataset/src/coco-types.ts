/** One image of a COCO file; `file_name` is relative to the image folder, sizes are in pixels. */
export interface CocoImage {
  id: number;
  file_name: string;
  width: number;
  height: number;
}

/**
 * A region of an image: polygons, each flat [x, y, ...] in image pixels; or a run-length encoded mask of
 * [height, width] pixels, column by column, whose run lengths alternate between outside and inside. As text, `counts`
 * is in the encoding of pycocotools.
 */
export type CocoSegmentation = number[][] | { size: [number, number]; counts: number[] | string };

/** One person of a COCO keypoint file. */
export interface CocoAnnotation {
  id: number;
  image_id: number;
  category_id: number;
  /** Flat [x, y, v] triplets in image pixels, as many as the category has keypoints; v is 0, 1 or 2. */
  keypoints: number[];
  /** As the file says; counted from the triplets where the file does not say. */
  num_keypoints: number;
  /** [x, y, width, height] in image pixels, not limited to the image. */
  bbox: [number, number, number, number];
  /** Area of the segment (not of the box), square pixels. */
  area: number;
  iscrowd: 0 | 1;
  /**
   * Of crowd regions and of people without labelled keypoints only, which bottom-up training leaves out of its loss;
   * left out of all others.
   */
  segmentation?: CocoSegmentation;
}

/** A category with named keypoints; `skeleton` holds pairs of keypoint numbers counted from 1, as COCO does. */
export interface CocoCategory {
  id: number;
  name: string;
  keypoints: string[];
  skeleton?: [number, number][];
}

/** A validated COCO keypoint file: the fields that pose estimation reads, under COCO's own names. */
export interface CocoKeypoints {
  /** Where it came from; the name that error messages use. */
  source: string;
  images: CocoImage[];
  annotations: CocoAnnotation[];
  categories: CocoCategory[];
}
