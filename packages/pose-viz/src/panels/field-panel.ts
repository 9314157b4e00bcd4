import type { Image, Size } from '../picture/image';
import { checkImage, checkSize } from '../picture/image';
import { resample } from '../picture/resize-image';
import { VizError } from '../viz-error';

export interface FieldPanelOptions {
  /** [width, height] of the fields. */
  size: Size;
  /** Number of fields, two values (x, y) each. */
  fields: number;
}

/**
 * Part affinity fields, or any vector fields, as one picture: at each place the longest vector over the fields, its
 * direction as hue (right red, down yellow-green, left cyan, up violet) and its length, clamped to 1, as brightness. Over a
 * crop, the crop shows in grey where the vectors are short.
 *
 * @param vectors  shape [height, width, 2 * fields]: x and y of the first field, x and y of the second, ...
 * @param image    the crop that the fields belong to, of any size; the fields are enlarged to it
 * @returns a new picture, of the crop's size, or of the fields' without a crop
 * @throws VizError when a length does not fit or a value is not finite
 */
export function fieldPanel(vectors: ArrayLike<number>, options: FieldPanelOptions, image?: Image): Image {
  const { size, fields } = options;
  checkFields(vectors, options, 'fieldPanel');
  if (image !== undefined) checkImage(image, 'fieldPanel: image');
  const longest = longestVectors(vectors, size, fields);
  const to: Size = image === undefined ? size : [image.width, image.height];
  const shown = image === undefined ? longest : resample(longest, size, to, 2);
  const data = new Uint8Array(3 * to[0] * to[1]);
  for (let p = 0, i = 0; i < data.length; p += 2, i += 3) {
    const length = Math.min(1, Math.hypot(shown[p], shown[p + 1]));
    const color = hueColor(Math.atan2(shown[p + 1], shown[p]));
    // Rec. 601 luma, darkened, so that only the fields have colour.
    const grey = image ? 0.75 * (0.299 * image.data[i] + 0.587 * image.data[i + 1] + 0.114 * image.data[i + 2]) : 0;
    for (let c = 0; c < 3; c++) data[i + c] = Math.round(grey + (color[c] - grey) * 0.9 * length);
  }
  return { data, width: to[0], height: to[1], channels: 3 };
}

/** @throws VizError when an option is bad or the vectors' length does not fit */
export function checkFields(vectors: ArrayLike<number>, { size, fields }: FieldPanelOptions, where: string): void {
  checkSize(size, `${where}: options.size`);
  if (!Number.isInteger(fields) || fields < 1) {
    throw new VizError(`${where}: expected a positive integer options.fields, found ${fields}`);
  }
  const expected = size[0] * size[1] * 2 * fields;
  if (vectors?.length !== expected) {
    const shape = `${size[0]}x${size[1]}x${2 * fields}`;
    throw new VizError(`${where}: expected ${shape} = ${expected} values, found ${vectors?.length}`);
  }
}

function longestVectors(vectors: ArrayLike<number>, [width, height]: Size, fields: number): Float32Array {
  const longest = new Float32Array(2 * width * height);
  for (let p = 0; p < width * height; p++) {
    let most = 0;
    for (let field = 0; field < fields; field++) {
      const at = 2 * (p * fields + field);
      const [x, y] = [vectors[at], vectors[at + 1]];
      if (!Number.isFinite(x) || !Number.isFinite(y)) {
        const where = `x ${p % width}, y ${Math.floor(p / width)} of field ${field}`;
        throw new VizError(`fieldPanel: expected finite values, found (${x}, ${y}) at ${where}`);
      }
      if (Math.hypot(x, y) <= most) continue;
      most = Math.hypot(x, y);
      longest.set([x, y], 2 * p);
    }
  }
  return longest;
}

/** The pure colour of an angle, three cosines a third of the circle apart. */
function hueColor(angle: number): [number, number, number] {
  const channel = (shift: number) => 127.5 * (1 + Math.cos(angle - shift));
  return [channel(0), channel((2 * Math.PI) / 3), channel((4 * Math.PI) / 3)];
}
