import { Command } from 'commander';
import { mergeFiles } from '../rewrite/merge-files';
import { totalBytes, withProgress } from './progress';

/** `coco-dataset merge`; `write` takes what goes to standard output. */
export function mergeCommand(write: (text: string) => void): Command {
  return new Command('merge')
    .description('join annotation files with the same categories into one; all other fields stay')
    .argument('<annotations.json...>', 'two COCO files or more')
    .requiredOption('-o, --output <output.json>', 'the file to write; replaced when it is complete')
    .option('--renumber', 'number images and annotations anew, from 1, instead of refusing ids that clash')
    .option('--json', 'print one JSON object instead of a line')
    .action(async (inputs: string[], options: { output: string; renumber?: boolean; json?: boolean }) => {
      const { output, renumber } = options;
      const counts = await withProgress('merge', 3 * totalBytes(inputs), (advance) =>
        mergeFiles(inputs, output, { renumber }, advance),
      );
      write(
        options.json
          ? `${JSON.stringify({ inputs, output, ...counts }, null, 2)}\n`
          : `${output}: ${counts.images} images, ${counts.annotations} annotations of ${inputs.length} files\n`,
      );
    });
}
