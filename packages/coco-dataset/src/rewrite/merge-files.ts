import { DatasetError } from '../dataset-error';
import { walkJsonFile } from '../json-stream/walk-json-file';
import { writeAtomically } from './atomic-file';
import { ElementFields } from './element-fields';
import { JsonSectionsWriter } from './json-sections-writer';
import { SeenSections } from './seen-sections';
import { joinSmallSections, type SmallSections } from './small-sections';
import type { OnBytes, WrittenCounts } from './subset-file';

export interface MergeOptions {
  /** Number images and annotations anew from 1, file after file; by default an id that two files use is refused. */
  renumber?: boolean;
}

/** What the first pass over a file finds. */
interface Survey {
  file: string;
  small: SmallSections;
  imageIds: number[];
  annotationIds: number[];
}

/**
 * Joins annotation files: the images of all of them, then the annotations of all of them, in the order given. Elements
 * keep their bytes, but for `id` and `image_id` where they are renumbered. `info` is that of the first file; `categories`
 * must be equal; `licenses` are united; other fields and sections must be equal in the files that have them. Files of any
 * size are copied in bounded memory, in three passes.
 *
 * @throws DatasetError when an input cannot be read, is not JSON, has an element without ids, ids clash, what must be
 *   equal differs, or the output is an input or cannot be written; no output is left behind then
 */
export async function mergeFiles(
  inputs: readonly string[],
  output: string,
  { renumber = false }: MergeOptions = {},
  onBytes: OnBytes = () => undefined,
): Promise<WrittenCounts> {
  if (inputs.length < 2) throw new DatasetError(`merge: expected two files or more, found ${inputs.length}`);
  const surveys: Survey[] = [];
  for (const input of inputs) surveys.push(await surveyFile(input, onBytes));
  const small = joinSmallSections(surveys);
  const newImageIds = renumber ? numberImagesAnew(surveys) : undefined;
  if (!renumber) {
    refuseClashes(surveys, 'imageIds', 'images');
    refuseClashes(surveys, 'annotationIds', 'annotations');
  }

  const counts: WrittenCounts = { images: 0, annotations: 0 };
  await writeAtomically(output, inputs, async (file) => {
    const writer = new JsonSectionsWriter(file);
    const copy = async (wanted: 'images' | 'annotations'): Promise<void> => {
      writer.section(wanted);
      for (const [i, input] of inputs.entries()) {
        await walkJsonFile(input, {
          element(section, index, bytes, _offset, members) {
            onBytes(bytes.length);
            if (section !== wanted) return;
            counts[section]++;
            if (!newImageIds) {
              writer.element(bytes);
              return;
            }
            const element = new ElementFields(bytes, members, `${input}: ${section}[${index}]`);
            const image = element.id(section === 'images' ? 'id' : 'image_id');
            const image_id = newImageIds[i].get(image);
            if (image_id === undefined) throw element.error('image_id', 'the id of one of the images', String(image));
            writer.element(
              element.withNumbers(section === 'images' ? { id: image_id } : { id: counts.annotations, image_id }),
            );
          },
        });
      }
    };
    for (const [name, json] of small.fields) writer.field(name, json);
    await copy('images');
    await copy('annotations');
    for (const [name, elements] of small.sections) {
      writer.section(name);
      for (const element of elements) writer.element(element);
    }
    writer.end();
  });
  return counts;
}

async function surveyFile(file: string, onBytes: OnBytes): Promise<Survey> {
  const survey: Survey = { file, small: { fields: new Map(), sections: new Map() }, imageIds: [], annotationIds: [] };
  const seen = new SeenSections(file);
  await walkJsonFile(file, {
    section(name) {
      seen.add(name);
      if (name !== 'images' && name !== 'annotations') survey.small.sections.set(name, []);
    },
    field: (name, bytes) => survey.small.fields.set(name, Buffer.from(bytes).toString()),
    element(section, index, bytes, _offset, members) {
      onBytes(bytes.length);
      const element = new ElementFields(bytes, members, `${file}: ${section}[${index}]`);
      if (section === 'images') survey.imageIds.push(element.id('id'));
      else if (section === 'annotations') {
        element.id('image_id');
        survey.annotationIds.push(element.id('id'));
      } else survey.small.sections.get(section)?.push(Buffer.from(bytes).toString());
    },
  });
  seen.require('images', 'annotations', 'categories');
  return survey;
}

/** For each file its old ids and their new ones, counted from 1; an id that stands twice in a file is one image. */
function numberImagesAnew(surveys: readonly Survey[]): Map<number, number>[] {
  let next = 1;
  return surveys.map(({ imageIds }) => {
    const numbers = new Map<number, number>();
    for (const id of imageIds) if (!numbers.has(id)) numbers.set(id, next++);
    return numbers;
  });
}

function refuseClashes(surveys: readonly Survey[], key: 'imageIds' | 'annotationIds', section: string): void {
  const owner = new Map<number, string>();
  for (const { file, [key]: ids } of surveys) {
    ids.forEach((id, index) => {
      const other = owner.get(id);
      if (other === undefined) return;
      throw new DatasetError(
        `${file}: ${section}[${index}].id: expected an id that no other file uses, found ${id}, which is in ${other}. ` +
          `Number them anew (renumber), or merge files that do not overlap`,
      );
    });
    for (const id of ids) owner.set(id, file);
  }
}
