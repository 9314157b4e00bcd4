import { DefectError } from '../defect-error';
import { checkFile } from './check-file';
import { noteAll } from './findings';

/** Something in an annotation file that is not as it should be. */
export interface CocoDefect {
  /** `readCocoKeypoints` refuses a file with errors; it tolerates what warnings tell of. */
  severity: 'error' | 'warning';
  /** Where: a JSON path such as `annotations[12].bbox`; empty for the file as a whole. */
  path: string;
  expected: string;
  found: string;
  /** All of it in one line, with the name of the file. */
  message: string;
}

/** What {@link validateCocoKeypoints} found. */
export interface CocoValidation {
  source: string;
  /** Those of images and categories in the order of the file, then those of annotations. */
  defects: CocoDefect[];
  /** How many errors and warnings there are, listed in `defects` or not. */
  errors: number;
  warnings: number;
}

/**
 * Lists every defect of a COCO keypoint file of any size, which is read twice as a stream. Where the file stops being
 * JSON the list ends, since nothing is known of the rest.
 *
 * @param options.limit  how many errors, and how many warnings, are listed at most; the others are counted
 * @throws DatasetError when the file cannot be read
 */
export async function validateCocoKeypoints(
  file: string,
  { limit = 1000 }: { limit?: number } = {},
): Promise<CocoValidation> {
  const validation: CocoValidation = { source: file, defects: [], errors: 0, warnings: 0 };
  const add = (severity: CocoDefect['severity'], { path, expected, found, message }: DefectError): void => {
    const count = severity === 'error' ? ++validation.errors : ++validation.warnings;
    if (count <= limit) validation.defects.push({ severity, path, expected, found, message });
  };
  try {
    await checkFile(file, noteAll(add));
  } catch (error) {
    if (!(error instanceof DefectError)) throw error;
    add('error', error);
  }
  return validation;
}
