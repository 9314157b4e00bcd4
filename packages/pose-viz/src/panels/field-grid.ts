import type { Image } from '../picture/image';
import { VizError } from '../viz-error';
import { checkFields, fieldPanel, type FieldPanelOptions } from './field-panel';
import { panelGrid } from './panel-grid';

export interface FieldGridOptions extends FieldPanelOptions {
  /** Of the fields, one each: those of the limbs, such as `left_hip-left_knee`. */
  names: readonly string[];
  /** Panels per row; default as many as make the grid nearly square. */
  columns?: number;
}

/**
 * Each part affinity field by itself, as `fieldPanel` shows it, with its name under it.
 *
 * @param vectors  shape [height, width, 2 * fields]: x and y of the first field, x and y of the second, ...
 * @param image    the crop that the fields belong to, of any size; the fields are enlarged to it
 * @returns a new picture
 * @throws VizError when a length does not fit, there are not as many names as fields, or a value is not finite
 */
export function fieldGrid(vectors: ArrayLike<number>, options: FieldGridOptions, image?: Image): Image {
  const { size, fields, names } = options;
  checkFields(vectors, options, 'fieldGrid');
  if (names?.length !== fields) {
    throw new VizError(`fieldGrid: expected ${fields} options.names, one per field, found ${names?.length}`);
  }
  const pixels = size[0] * size[1];
  const one = new Float32Array(2 * pixels);
  const panels = names.map((name, field) => {
    for (let p = 0; p < pixels; p++) {
      const at = 2 * (p * fields + field);
      const [x, y] = [vectors[at], vectors[at + 1]];
      if (!Number.isFinite(x) || !Number.isFinite(y)) {
        const where = `x ${p % size[0]}, y ${Math.floor(p / size[0])} of field ${field} (${name})`;
        throw new VizError(`fieldGrid: expected finite values, found (${x}, ${y}) at ${where}`);
      }
      one[2 * p] = x;
      one[2 * p + 1] = y;
    }
    return fieldPanel(one, { size, fields: 1 }, image);
  });
  return panelGrid(panels, names, options.columns);
}
