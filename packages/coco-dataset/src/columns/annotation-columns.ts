import { checkAnnotation } from '../annotation-checks/check-annotation';
import { checkSegmentation } from '../annotation-checks/check-segmentation';
import { THROW_FIRST } from '../annotation-checks/findings';
import { DefectError } from '../defect-error';
import { noPeople } from '../annotation-checks/file-defects';
import type { CocoAnnotation, CocoCategory, CocoSegmentation } from '../coco-types';
import { JsonObject } from '../json-object';
import type { JsonMembers } from '../json-stream/walk-json-file';
import { countLabelled } from '../labelled-keypoints';
import type { CocoColumns } from './coco-columns';
import { GrowingBytes } from './growing-bytes';
import { JsonNumbers } from './json-numbers';
import { MemberKeys } from './member-keys';
import { GrowingColumn, type NumberColumn } from './number-column';
import { packedCapacity, packPolygons } from './packed-polygons';

/** In the order of the positions in `MemberKeys.extents`. */
const KEYS = ['id', 'image_id', 'category_id', 'keypoints', 'bbox', 'area', 'iscrowd', 'num_keypoints', 'segmentation'];
const [ID, IMAGE_ID, CATEGORY_ID, KEYPOINTS, BBOX, AREA, ISCROWD, NUM_KEYPOINTS, SEGMENTATION] = KEYS.map(
  (_, key) => 2 * key,
);

/** The annotations of a COCO file, taken in as JSON bytes before it is known what else the file holds. */
export class AnnotationColumns {
  private readonly ids = new GrowingColumn();
  private readonly imageIds = new GrowingColumn();
  private readonly categoryIds = new GrowingColumn();
  private readonly keypoints = new GrowingColumn();
  private readonly keypointEnds = new GrowingColumn();
  /** How many numbers `keypoints` of the annotation has. */
  private readonly keypointLengths = new GrowingColumn();
  private readonly labelled = new GrowingColumn();
  private readonly numKeypoints = new GrowingColumn();
  private readonly boxes = new GrowingColumn();
  private readonly areas = new GrowingColumn();
  private readonly iscrowd = new GrowingColumn();
  private readonly segmentations = new GrowingBytes();
  private readonly segmentationEnds = new GrowingColumn();
  private people = 0;
  private crowd = 0;

  private readonly keys = new MemberKeys(KEYS);
  private readonly numbers = new JsonNumbers();
  private readonly bbox = new Float64Array(4);

  constructor(private readonly source: string) {}

  /**
   * Takes in the JSON bytes of `annotations[index]`.
   *
   * @throws DefectError when the annotation has an error
   */
  push(index: number, bytes: Uint8Array, members: JsonMembers): void {
    if (!this.pushPlain(bytes, members)) this.pushChecked(index, bytes);
  }

  /**
   * Checks what the annotations have to do with each other and with the rest of the file.
   *
   * @param imageRows   the row of each image id
   * @throws DefectError when an id stands twice or is not known, the keypoints are not those of the category, or there is
   *   no person
   */
  finish(imageRows: ReadonlyMap<number, number>, categories: readonly CocoCategory[]): CocoColumns['annotations'] {
    if (this.people === 0) throw noPeople(this.source, this.ids.length, this.crowd);
    const ids = this.ids.finish();
    this.requireOwnIds(ids);
    const categoryRows = new Map(categories.map(({ id }, row) => [id, row]));
    const columns = {
      ids,
      imageRows: this.rows(this.imageIds, 'image_id', imageRows),
      categoryRows: this.rows(this.categoryIds, 'category_id', categoryRows),
      keypoints: { values: this.keypoints.finish(), ends: this.keypointEnds.finish() },
      labelled: this.labelled.finish(),
      numKeypoints: this.numKeypoints.finish(),
      boxes: this.boxes.finish(),
      areas: this.areas.finish(),
      iscrowd: this.iscrowd.finish(),
      segmentations: { values: this.segmentations.finish(), ends: this.segmentationEnds.finish() },
    };
    for (let row = 0; row < ids.length; row++) {
      const expected = 3 * categories[columns.categoryRows[row]].keypoints.length;
      const found = this.keypointLengths.at(row);
      if (found !== expected) throw this.error(row, 'keypoints', `${expected} numbers`, String(found));
    }
    return columns;
  }

  /** Takes in an annotation of the usual kind; false when it has to be looked at more closely. */
  private pushPlain(bytes: Uint8Array, members: JsonMembers): boolean {
    const { keys, numbers, bbox } = this;
    if (!keys.find(bytes, members)) return false;
    const { extents } = keys;
    // NaN, which fails every check, when the key is missing.
    const number = (key: number): number => numbers.number(bytes, extents[key], extents[key + 1]);

    const id = number(ID) + 0; // -0 becomes 0
    const imageId = number(IMAGE_ID) + 0;
    const categoryId = number(CATEGORY_ID) + 0;
    const area = number(AREA);
    const iscrowd = extents[ISCROWD] < 0 ? 0 : number(ISCROWD);
    if (!Number.isSafeInteger(id) || !Number.isSafeInteger(imageId) || !Number.isSafeInteger(categoryId)) return false;
    if (!(area >= 0) || (iscrowd !== 0 && iscrowd !== 1)) return false;

    if (extents[BBOX] < 0 || numbers.array(bytes, extents[BBOX], extents[BBOX + 1]) !== 4) return false;
    for (let i = 0; i < 4; i++) bbox[i] = numbers.values[i];
    if (bbox[2] < 0 || bbox[3] < 0) return false;

    const length = extents[KEYPOINTS] < 0 ? -1 : numbers.array(bytes, extents[KEYPOINTS], extents[KEYPOINTS + 1]);
    if (length < 0 || length % 3 !== 0) return false;
    const triplets = numbers.values;
    let labelled = 0;
    for (let i = 2; i < length; i += 3) {
      const v = triplets[i];
      if (v !== 0 && v !== 1 && v !== 2) return false;
      if (v > 0) labelled++;
    }
    const numKeypoints = extents[NUM_KEYPOINTS] < 0 ? labelled : number(NUM_KEYPOINTS);
    if (!Number.isInteger(numKeypoints) || numKeypoints < 0) return false;

    const from = extents[SEGMENTATION];
    const to = extents[SEGMENTATION + 1];
    const kept = from >= 0 && (iscrowd === 1 || labelled === 0);
    if (kept && !this.appendSegmentation(bytes, from, to)) return false;

    this.append(id, imageId, categoryId, numKeypoints, bbox, area, iscrowd, labelled);
    this.appendKeypoints(triplets, length, labelled === 0);
    this.segmentationEnds.push(this.segmentations.length);
    return true;
  }

  private pushChecked(index: number, bytes: Uint8Array): void {
    const value: unknown = JSON.parse(utf8.decode(bytes));
    const annotation = checkAnnotation(value, index, this.source, THROW_FIRST);
    if (annotation) this.pushAnnotation(annotation);
  }

  private pushAnnotation({ id, image_id, category_id, keypoints, ...rest }: CocoAnnotation): void {
    const labelled = countLabelled(keypoints);
    this.append(id, image_id, category_id, rest.num_keypoints, rest.bbox, rest.area, rest.iscrowd, labelled);
    this.appendKeypoints(keypoints, keypoints.length, labelled === 0);
    if (rest.segmentation) {
      const text = new TextEncoder().encode(segmentationText(rest.segmentation));
      this.segmentations.push(text, 0, text.length);
    }
    this.segmentationEnds.push(this.segmentations.length);
  }

  private append(
    id: number,
    imageId: number,
    categoryId: number,
    numKeypoints: number,
    bbox: ArrayLike<number>,
    area: number,
    iscrowd: number,
    labelled: number,
  ): void {
    this.ids.push(id);
    this.imageIds.push(imageId);
    this.categoryIds.push(categoryId);
    this.numKeypoints.push(numKeypoints);
    this.labelled.push(labelled);
    this.boxes.pushAll(bbox, 4);
    this.areas.push(area);
    this.iscrowd.push(iscrowd === 0 ? 0 : 1);
    if (iscrowd !== 0) this.crowd++;
    else if (labelled > 0) this.people++;
  }

  private appendKeypoints(triplets: ArrayLike<number>, length: number, unlabelled: boolean): void {
    let zero = unlabelled;
    for (let i = 0; zero && i < length; i++) zero = Object.is(triplets[i], 0);
    if (!zero) this.keypoints.pushAll(triplets, length);
    this.keypointEnds.push(this.keypoints.length);
    this.keypointLengths.push(length);
  }

  /** Takes in a segmentation; false, and nothing is taken in, when it has to be looked at more closely. */
  private appendSegmentation(bytes: Uint8Array, from: number, to: number): boolean {
    if (bytes[from] === OPEN_OBJECT) {
      const segmentation: unknown = JSON.parse(utf8.decode(bytes.subarray(from, to)));
      if (!isSegmentation(segmentation)) return false;
      this.segmentations.push(bytes, from, to);
      return true;
    }
    const into = this.segmentations.reserve(packedCapacity(to - from));
    const end = packPolygons(bytes, from, to, into, this.segmentations.length);
    if (end >= 0) this.segmentations.length = end;
    return end >= 0;
  }

  private requireOwnIds(ids: NumberColumn): void {
    const sorted = Float64Array.from(ids).sort();
    for (let i = 1; i < sorted.length; i++) {
      if (sorted[i] !== sorted[i - 1]) continue;
      const row = ids.lastIndexOf(sorted[i]);
      throw this.error(row, 'id', 'an id of its own', `${sorted[i]}, the id of annotations[${ids.indexOf(sorted[i])}]`);
    }
  }

  private rows(column: GrowingColumn, key: string, rowOf: ReadonlyMap<number, number>): NumberColumn {
    const rows = new GrowingColumn();
    for (let i = 0; i < column.length; i++) {
      const row = rowOf.get(column.at(i));
      if (row === undefined) throw this.error(i, key, 'an id that the file has', String(column.at(i)));
      rows.push(row);
    }
    return rows.finish();
  }

  private error(row: number, key: string, expected: string, found: string): DefectError {
    return new DefectError(this.source, `annotations[${row}].${key}`, expected, found);
  }
}

const utf8 = new TextDecoder();
const OPEN_OBJECT = 0x7b;

function isSegmentation(segmentation: unknown): boolean {
  try {
    checkSegmentation(new JsonObject({ segmentation }, '', ''), '', '');
    return true;
  } catch (error) {
    if (error instanceof DefectError) return false;
    throw error;
  }
}

/** JSON text; unlike that of `JSON.stringify` it keeps the sign of -0. */
function segmentationText(segmentation: CocoSegmentation): string {
  if (!Array.isArray(segmentation)) return JSON.stringify(segmentation);
  const number = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));
  return `[${segmentation.map((polygon) => `[${polygon.map(number).join(',')}]`).join(',')}]`;
}
