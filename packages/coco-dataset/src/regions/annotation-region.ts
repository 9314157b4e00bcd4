import type { CocoAnnotation, CocoImage } from '../coco-types';
import { DatasetError } from '../dataset-error';
import { decodeRle } from './decode-rle';
import type { Region } from './region';

/**
 * What an annotation covers: its segmentation, or its box where it has none.
 *
 * @param source  name of the annotation file, for the error
 * @throws DatasetError when a run-length mask is malformed or of another size than the image
 */
export function annotationRegion(annotation: CocoAnnotation, image: CocoImage, source: string): Region {
  const { segmentation } = annotation;
  if (segmentation === undefined) return { kind: 'box', box: [...annotation.bbox] };
  if (Array.isArray(segmentation)) {
    // COCO writes an empty list where nothing was outlined.
    if (segmentation.length === 0) return { kind: 'box', box: [...annotation.bbox] };
    return { kind: 'polygons', polygons: segmentation.map((polygon) => polygon.slice()) };
  }
  const where = `${source}: annotation ${annotation.id}: segmentation`;
  const [height, width] = segmentation.size;
  if (height !== image.height || width !== image.width) {
    throw new DatasetError(
      `${where}: size: expected [${image.height}, ${image.width}], [height, width] of image ${image.id}, ` +
        `found [${height}, ${width}]`,
    );
  }
  return {
    kind: 'mask',
    size: [width, height],
    runs: decodeRle(segmentation.size, segmentation.counts, where),
  };
}
