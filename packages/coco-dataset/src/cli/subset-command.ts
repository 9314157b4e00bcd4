import { readFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { DatasetError } from '../dataset-error';
import { subsetFile } from '../rewrite/subset-file';
import { parseCount, parseIds, parseShare, parseWhole } from './numeric-arguments';
import { totalBytes, withProgress } from './progress';

interface Options {
  first?: number;
  ids?: number[];
  idsFile?: string;
  share?: number;
  seed: number;
  withKeypoints?: boolean;
  json?: boolean;
}

/** `coco-dataset subset`; `write` takes what goes to standard output. */
export function subsetCommand(write: (text: string) => void): Command {
  return new Command('subset')
    .description('write some images of an annotation file, with their annotations, to another; all other fields stay')
    .argument('<annotations.json>', 'a COCO file')
    .argument('<output.json>', 'the file to write; replaced when it is complete')
    .option('--with-keypoints', 'only people with labelled keypoints, and images that have one')
    .option('--ids <ids>', 'images with these ids, separated by commas', parseIds)
    .option(
      '--ids-file <file>',
      'images with the ids in this file: a JSON list, or numbers separated by space or commas',
    )
    .option('--share <share>', 'a share of the images, above 0 and at most 1', parseShare)
    .option('--seed <seed>', 'draws the share', parseWhole, 0)
    .option('--first <n>', 'the first n images, of those that the other options leave', parseCount)
    .option('--json', 'print one JSON object instead of a line')
    .action(async (input: string, output: string, options: Options) => {
      const { first, share, seed, withKeypoints } = options;
      if (options.ids && options.idsFile !== undefined) {
        throw new DatasetError('subset: expected --ids or --ids-file, found both');
      }
      const imageIds = options.idsFile === undefined ? options.ids : await readIds(options.idsFile);
      if (!imageIds && first === undefined && share === undefined && !withKeypoints) {
        throw new DatasetError('subset: expected --first, --ids, --ids-file, --share or --with-keypoints, found none');
      }
      const counts = await withProgress('subset', 2 * totalBytes([input]), (advance) =>
        subsetFile(input, output, { imageIds, share, seed, first, withKeypoints }, advance),
      );
      write(
        options.json
          ? `${JSON.stringify({ input, output, ...counts }, null, 2)}\n`
          : `${output}: ${counts.images} images, ${counts.annotations} annotations\n`,
      );
    });
}

async function readIds(file: string): Promise<number[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new DatasetError(`${file}: expected image ids, but it cannot be read: ${(cause as Error).message}`, {
      cause,
    });
  }
  try {
    return parseIds(text.trim().replace(/^\[|\]$/g, ''));
  } catch (cause) {
    if (!(cause instanceof InvalidArgumentError)) throw cause;
    throw new DatasetError(`${file}: expected image ids, whole numbers separated by commas or white space`, { cause });
  }
}
