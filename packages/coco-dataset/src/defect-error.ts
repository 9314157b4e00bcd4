import { DatasetError } from './dataset-error';

/** A value of an annotation file that is not what it should be. */
export class DefectError extends DatasetError {
  /**
   * @param path  JSON path, such as `annotations[12].bbox`; empty for the file as a whole
   * @param hint  follows what was found
   */
  constructor(
    source: string,
    readonly path: string,
    readonly expected: string,
    readonly found: string,
    hint = '',
  ) {
    super(`${source}: ${path === '' ? '' : `${path}: `}expected ${expected}, found ${found}${hint}`);
  }
}
