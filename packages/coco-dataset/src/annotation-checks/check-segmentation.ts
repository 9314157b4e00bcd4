import type { CocoSegmentation } from '../coco-types';
import { describe, JsonObject } from '../json-object';

/**
 * Checks the field `segmentation` of an annotation: polygons, flat [x, y, ...] in image pixels, or a run-length encoded
 * mask (cocoapi PythonAPI/pycocotools/mask.py).
 *
 * @returns the segmentation, sharing nothing with the annotation; undefined when there is none: missing, null or []
 * @throws DefectError
 */
export function checkSegmentation(annotation: JsonObject, path: string, source: string): CocoSegmentation | undefined {
  const value = annotation.get('segmentation');
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((polygon, i) => points(polygon, i));
  if (typeof value === 'object') return runLengths(new JsonObject(value, source, `${path}.segmentation`));
  throw annotation.error('segmentation', 'polygons, or an object with size and counts', describe(value));

  function points(polygon: unknown, i: number): number[] {
    const expected = 'a polygon [x, y, x, y, ...]';
    if (!Array.isArray(polygon)) throw annotation.error(`segmentation[${i}]`, expected, describe(polygon));
    if (polygon.length === 0 || polygon.length % 2 !== 0) {
      throw annotation.error(`segmentation[${i}]`, expected, `${polygon.length} numbers`);
    }
    return polygon.map((number: unknown, j) => {
      if (typeof number === 'number' && Number.isFinite(number)) return number;
      throw annotation.error(`segmentation[${i}][${j}]`, 'a finite number', describe(number));
    });
  }
}

function runLengths(mask: JsonObject): CocoSegmentation {
  const isCount = (n: unknown): n is number => Number.isSafeInteger(n) && Object.is(Math.abs(n as number), n);
  const expected = '[height, width] of the mask';
  const [height, width] = mask.numbers('size', expected, 2);
  if (!isCount(height) || !isCount(width)) throw mask.error('size', expected, `${height} and ${width}`);

  const counts = mask.get('counts');
  if (typeof counts === 'string' && counts !== '') return { size: [height, width], counts };
  if (!Array.isArray(counts)) throw mask.error('counts', 'run lengths, or their text', describe(counts));
  let sum = 0;
  const runs = counts.map((count: unknown, i) => {
    if (!isCount(count)) throw mask.error(`counts[${i}]`, 'a whole number, 0 or more', describe(count));
    sum += count;
    return count;
  });
  if (sum !== height * width) throw mask.error('counts', `runs of ${height * width} pixels together`, String(sum));
  return { size: [height, width], counts: runs };
}
