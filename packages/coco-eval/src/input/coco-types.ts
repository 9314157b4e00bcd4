/**
 * The parts of the COCO files that the evaluation reads (https://cocodataset.org/#format-data and #format-results).
 * Further fields are allowed and left alone. Ids may be above 2^32, as those of COCO's crowds are.
 */
export interface CocoImage {
  readonly id: number;
}

export interface CocoCategory {
  readonly id: number;
}

export interface CocoKeypointAnnotation {
  readonly id: number;
  readonly image_id: number;
  readonly category_id: number;
  /** Flat [x, y, v] triplets in image pixels; v > 0 is labelled. */
  readonly keypoints: ArrayLike<number>;
  /** Taken as it stands, not counted from `keypoints`; 0 makes the person ignored. */
  readonly num_keypoints: number;
  /** Area of the person's mask, square image pixels: the scale of OKS and of the area ranges. */
  readonly area: number;
  /** [x, y, width, height] in image pixels. */
  readonly bbox: ArrayLike<number>;
  readonly iscrowd: number | boolean;
}

export interface CocoGroundTruth {
  readonly images: readonly CocoImage[];
  readonly annotations: readonly CocoKeypointAnnotation[];
  readonly categories: readonly CocoCategory[];
}

/** A run-length encoded mask in COCO's compressed form; only its area and extents are used. */
export interface CocoRle {
  /** [height, width] of the image. */
  readonly size: readonly [number, number];
  readonly counts: string;
}

/** One entry of a COCO keypoint results list. */
export interface CocoKeypointResult {
  readonly image_id: number;
  readonly category_id: number;
  /** Flat triplets in image pixels; the third value takes no part in the evaluation. */
  readonly keypoints: ArrayLike<number>;
  readonly score: number;
  /** Where the first result has one, all must, and the area of a detection is that of its box. */
  readonly bbox?: ArrayLike<number>;
  /** Where the first result has this and no box, the area of a detection is that of its mask. */
  readonly segmentation?: CocoRle;
}
