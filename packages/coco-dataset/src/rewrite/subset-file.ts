import { walkJsonFile } from '../json-stream/walk-json-file';
import { countLabelled } from '../labelled-keypoints';
import { chooseImages } from '../subset/choose-images';
import type { SubsetOptions } from '../subset/subset';
import { writeAtomically } from './atomic-file';
import { ElementFields } from './element-fields';
import { JsonSectionsWriter } from './json-sections-writer';
import { SeenSections } from './seen-sections';

/** How many elements a written file has. */
export interface WrittenCounts {
  images: number;
  annotations: number;
}

/** Told how many bytes have been read since it was told last. */
export type OnBytes = (bytes: number) => void;

/**
 * Writes some images of an annotation file with their annotations (see `subset`) to another. Elements keep their bytes,
 * and all other fields and sections (info, licenses, categories, unknown ones) stay; files of any size are copied in
 * bounded memory, in two passes.
 *
 * @throws DatasetError when the input cannot be read, is not JSON, has an element without ids, an option is out of range,
 *   no image is left, or the output is the input or cannot be written; no output is left behind then
 */
export async function subsetFile(
  input: string,
  output: string,
  options: SubsetOptions,
  onBytes: OnBytes = () => undefined,
): Promise<WrittenCounts> {
  const { listed, withPeople } = await surveyImages(input, options.withKeypoints ?? false, onBytes);
  const candidates = options.withKeypoints ? listed.filter((id) => withPeople.has(id)) : listed;
  const chosen = new Set(chooseImages(candidates, options, input));

  const all = new Set(listed);
  const counts: WrittenCounts = { images: 0, annotations: 0 };
  await writeAtomically(output, [input], async (file) => {
    const writer = new JsonSectionsWriter(file);
    await walkJsonFile(input, {
      section: (name) => writer.section(name),
      field: (name, bytes) => writer.field(name, bytes),
      element(section, index, bytes, _offset, members) {
        onBytes(bytes.length);
        if (section === 'images' || section === 'annotations') {
          const element = new ElementFields(bytes, members, `${input}: ${section}[${index}]`);
          const keep =
            section === 'images'
              ? chosen.has(element.id('id'))
              : isOnImage(element, all, chosen) && (!options.withKeypoints || isLabelledPerson(element));
          if (!keep) return;
          counts[section]++;
        }
        writer.element(bytes);
      },
    });
    writer.end();
  });
  return counts;
}

/** The ids of the images in the order of the file, and those of images that have a person with labelled keypoints. */
async function surveyImages(
  input: string,
  people: boolean,
  onBytes: OnBytes,
): Promise<{ listed: number[]; withPeople: Set<number> }> {
  const seen = new SeenSections(input);
  const listed = new Set<number>();
  const withPeople = new Set<number>();
  await walkJsonFile(input, {
    section: (name) => seen.add(name),
    element(section, index, bytes, _offset, members) {
      onBytes(bytes.length);
      const element = new ElementFields(bytes, members, `${input}: ${section}[${index}]`);
      if (section === 'images') listed.add(element.id('id'));
      else if (section === 'annotations' && people && isLabelledPerson(element)) withPeople.add(element.id('image_id'));
    },
  });
  seen.require('images', 'annotations');
  return { listed: [...listed], withPeople };
}

function isOnImage(annotation: ElementFields, all: ReadonlySet<number>, chosen: ReadonlySet<number>): boolean {
  const imageId = annotation.id('image_id');
  if (!all.has(imageId)) throw annotation.error('image_id', 'the id of one of the images', String(imageId));
  return chosen.has(imageId);
}

function isLabelledPerson(annotation: ElementFields): boolean {
  if (annotation.get('iscrowd') === 1) return false;
  const keypoints = annotation.get('keypoints');
  if (!Array.isArray(keypoints)) throw annotation.error('keypoints', 'flat [x, y, v] triplets', 'none');
  return countLabelled(keypoints as number[]) > 0;
}
