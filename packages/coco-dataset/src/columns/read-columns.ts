import { checkCategory } from '../annotation-checks/check-category';
import { isSection, listedTwice, noCategory, notAList, SECTIONS } from '../annotation-checks/file-defects';
import { THROW_FIRST } from '../annotation-checks/findings';
import type { CocoCategory } from '../coco-types';
import { describe } from '../json-object';
import { walkJsonFile, type JsonFileVisitor, type JsonMembers } from '../json-stream/walk-json-file';
import { AnnotationColumns } from './annotation-columns';
import type { CocoColumns } from './coco-columns';
import { ImageColumns } from './image-columns';

/**
 * Reads a COCO keypoint file of any size into columns, a chunk at a time.
 *
 * @throws DefectError when the file has an error; not always the first one, and not always with all that is known of it
 * @throws DatasetError when it cannot be read or is not JSON
 */
export async function readColumns(file: string, chunkSize?: number): Promise<CocoColumns> {
  const reader = new ColumnReader(file);
  await walkJsonFile(file, reader, { chunkSize });
  return reader.finish();
}

/** Takes in the elements of a file, whatever the order of its lists. */
class ColumnReader implements JsonFileVisitor {
  private readonly sections = new Set<string>();
  private readonly categories = new Map<number, CocoCategory>();
  private readonly images: ImageColumns;
  private readonly annotations: AnnotationColumns;

  constructor(private readonly source: string) {
    this.images = new ImageColumns(source);
    this.annotations = new AnnotationColumns(source);
  }

  section(section: string): void {
    if (!isSection(section)) return;
    if (this.sections.has(section)) throw listedTwice(this.source, section);
    this.sections.add(section);
  }

  field(name: string, bytes: Uint8Array): void {
    if (!isSection(name)) return;
    throw notAList(this.source, name, describe(JSON.parse(new TextDecoder().decode(bytes))));
  }

  element(section: string, index: number, bytes: Uint8Array, _offset: number, members: JsonMembers): void {
    switch (section) {
      case 'annotations':
        return this.annotations.push(index, bytes, members);
      case 'images':
        return this.images.push(index, bytes, members);
      case 'categories': {
        const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
        const category = checkCategory(value, index, this.source, THROW_FIRST, this.categories);
        if (category) this.categories.set(category.id, category);
      }
    }
  }

  finish(): CocoColumns {
    for (const section of SECTIONS) {
      if (!this.sections.has(section)) throw notAList(this.source, section, describe(undefined));
    }
    if (this.categories.size === 0) throw noCategory(this.source);
    const categories = [...this.categories.values()];
    return {
      categories,
      images: this.images.finish(),
      annotations: this.annotations.finish(this.images.rows, categories),
    };
  }
}
