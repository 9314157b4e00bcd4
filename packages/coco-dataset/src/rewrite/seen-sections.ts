import { DatasetError } from '../dataset-error';

/** The lists at the top of an annotation file, in the order in which they are met. */
export class SeenSections {
  private readonly names = new Set<string>();

  constructor(private readonly file: string) {}

  /** @throws DatasetError when the list has been met before */
  add(name: string): void {
    if (this.names.has(name)) throw new DatasetError(`${this.file}: ${name}: expected one such list, found it again`);
    this.names.add(name);
  }

  /** @throws DatasetError when one of the lists has not been met */
  require(...names: string[]): void {
    for (const name of names) {
      if (this.names.has(name)) continue;
      throw new DatasetError(`${this.file}: ${name}: expected an array, found nothing: not a COCO file`);
    }
  }
}
