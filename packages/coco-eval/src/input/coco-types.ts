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

/** What the evaluation of boxes reads of an annotation. */
export interface CocoBoxAnnotation {
  readonly id: number;
  readonly image_id: number;
  readonly category_id: number;
  /** Area of the mask, square image pixels: what the area ranges look at, and the scale of OKS. */
  readonly area: number;
  /** [x, y, width, height] in image pixels. */
  readonly bbox: ArrayLike<number>;
  readonly iscrowd: number | boolean;
}

export interface CocoKeypointAnnotation extends CocoBoxAnnotation {
  /** Flat [x, y, v] triplets in image pixels; v > 0 is labelled. */
  readonly keypoints: ArrayLike<number>;
  /** Taken as it stands, not counted from `keypoints`; 0 makes the person ignored. */
  readonly num_keypoints: number;
}

export interface CocoGroundTruth<Annotation extends CocoBoxAnnotation = CocoKeypointAnnotation> {
  readonly images: readonly CocoImage[];
  readonly annotations: readonly Annotation[];
  readonly categories: readonly CocoCategory[];
}

/** A run-length encoded mask in COCO's compressed form; only its area and extents are used. */
export interface CocoRle {
  /** [height, width] of the image. */
  readonly size: readonly [number, number];
  readonly counts: string;
}

/** One entry of a COCO results list of boxes. */
export interface CocoBoxResult {
  readonly image_id: number;
  readonly category_id: number;
  readonly score: number;
  /**
   * [x, y, width, height] in image pixels. Where the first result of a list has one, all must, and the area of a
   * detection is that of its box.
   */
  readonly bbox?: ArrayLike<number>;
  /** Where the first result has this and no box, area and box of a detection are those of its mask. */
  readonly segmentation?: CocoRle;
  /** Where the first result has neither, area and box of a detection are the extents of these flat triplets. */
  readonly keypoints?: ArrayLike<number>;
  /** Who it is over the frames of a video, as PoseTrack has it; takes no part in the evaluation. */
  readonly track_id?: number;
}

/** One entry of a COCO keypoint results list. Its area, which the area ranges look at, is made as that of a box is. */
export interface CocoKeypointResult extends CocoBoxResult {
  /** Flat triplets in image pixels; the third value takes no part in the evaluation. */
  readonly keypoints: ArrayLike<number>;
}
