import { Command } from 'commander';
import { convertCommand } from './convert-command';
import { mergeCommand } from './merge-command';
import { statsCommand } from './stats-command';
import { subsetCommand } from './subset-command';
import { validateCommand } from './validate-command';

/** The command line of `coco-dataset`; `write` takes what goes to standard output. */
export function createProgram(write: (text: string) => void): Command {
  return new Command('coco-dataset')
    .description('Looks into COCO keypoint data sets and rewrites them.')
    .addCommand(statsCommand(write))
    .addCommand(validateCommand(write))
    .addCommand(subsetCommand(write))
    .addCommand(mergeCommand(write))
    .addCommand(convertCommand(write));
}
