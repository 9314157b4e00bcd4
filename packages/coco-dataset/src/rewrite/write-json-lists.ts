import { writeAtomically } from './atomic-file';
import { JsonSectionsWriter } from './json-sections-writer';

/**
 * Writes an object as JSON, its lists with one element a line.
 *
 * @param inputs  files that must stay as they are
 * @throws DatasetError when the output is one of the inputs or cannot be written; no output is left behind then
 */
export async function writeJsonLists(output: string, inputs: readonly string[], object: object): Promise<void> {
  await writeAtomically(output, inputs, async (file) => {
    const writer = new JsonSectionsWriter(file);
    for (const [name, value] of Object.entries(object) as [string, unknown][]) {
      if (!Array.isArray(value)) writer.field(name, JSON.stringify(value));
      else {
        writer.section(name);
        for (const element of value) writer.element(JSON.stringify(element));
      }
    }
    writer.end();
  });
}
