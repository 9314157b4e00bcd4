import { Command } from 'commander';
import { validateCocoKeypoints, type CocoValidation } from '../annotation-checks/validate-coco-keypoints';
import { parseCount } from './numeric-arguments';

/** `coco-dataset validate`; `write` takes what goes to standard output. The exit status is 1 when there are errors. */
export function validateCommand(write: (text: string) => void): Command {
  return new Command('validate')
    .description('list every defect of an annotation file by JSON path; exit status 1 when there are errors')
    .argument('<annotations.json>', 'a COCO keypoint file, such as person_keypoints_val2017.json')
    .option(
      '--limit <n>',
      'how many errors, and how many warnings, are listed; the others are counted',
      parseCount,
      1000,
    )
    .option('--json', 'print one JSON object instead of lines')
    .action(async (file: string, { limit, json }: { limit: number; json?: boolean }) => {
      const validation = await validateCocoKeypoints(file, { limit });
      write(json ? `${JSON.stringify(validation, null, 2)}\n` : validationText(validation));
      if (validation.errors > 0) process.exitCode = 1;
    });
}

/** A line for each defect that is listed, and one with the numbers of all. */
function validationText({ source, defects, errors, warnings }: CocoValidation): string {
  const lines = defects.map(({ severity, message }) => `${severity}: ${message}`);
  const left = errors + warnings - defects.length;
  if (left > 0) lines.push(`... and ${left} more`);
  lines.push(`${source}: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}`);
  return `${lines.join('\n')}\n`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
