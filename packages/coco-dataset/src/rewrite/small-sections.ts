import { isDeepStrictEqual } from 'node:util';
import { DatasetError } from '../dataset-error';

/** All of an annotation file but its images and annotations, as JSON texts. */
export interface SmallSections {
  fields: Map<string, string>;
  sections: Map<string, string[]>;
}

/**
 * What several files have besides images and annotations: `info` of the first that has it, `licenses` united by id, and
 * all else, `categories` first of all, equal.
 *
 * @throws DatasetError naming what differs, and the files
 */
export function joinSmallSections(files: readonly { file: string; small: SmallSections }[]): SmallSections {
  const fields = new Map<string, string>();
  const sections = new Map<string, string[]>();
  const owner = new Map<string, string>();
  for (const { file, small } of files) {
    for (const [name, json] of small.fields) {
      const known = fields.get(name);
      if (known === undefined) fields.set(name, json);
      else if (name !== 'info' && !isEqualJson([known], [json])) throw differs(file, name, owner.get(name));
      if (!owner.has(name)) owner.set(name, file);
    }
    for (const [name, elements] of small.sections) {
      const known = sections.get(name);
      if (known === undefined) sections.set(name, [...elements]);
      else if (name === 'licenses') addLicenses(known, elements, file);
      else if (!isEqualJson(known, elements)) throw differs(file, name, owner.get(name));
      if (!owner.has(name)) owner.set(name, file);
    }
  }
  return { fields, sections };
}

function addLicenses(known: string[], elements: readonly string[], file: string): void {
  for (const element of elements) {
    if (known.some((other) => isEqualJson([other], [element]))) continue;
    const id = licenseId(element);
    if (known.some((other) => licenseId(other) === id)) {
      throw new DatasetError(
        `${file}: licenses: expected license ${String(id)} to be the same in all files, found another`,
      );
    }
    known.push(element);
  }
}

function licenseId(json: string): unknown {
  return (JSON.parse(json) as { id?: unknown } | null)?.id;
}

function isEqualJson(a: readonly string[], b: readonly string[]): boolean {
  const parse = (json: string): unknown => JSON.parse(json);
  return isDeepStrictEqual(a.map(parse), b.map(parse));
}

function differs(file: string, name: string, other: string | undefined): DatasetError {
  return new DatasetError(
    `${file}: ${name}: expected the same as in ${other ?? 'the other files'}, found another value`,
  );
}
