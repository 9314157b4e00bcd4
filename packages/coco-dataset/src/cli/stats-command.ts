import { Command } from 'commander';
import { cocoStats } from '../coco-stats';
import { readCocoKeypoints } from '../read-coco-keypoints';
import { statsTable } from './stats-table';

/** `coco-dataset stats`; `write` takes what goes to standard output. */
export function statsCommand(write: (text: string) => void): Command {
  return new Command('stats')
    .description('count images, people and keypoints of an annotation file, and say how large the people are')
    .argument('<annotations.json>', 'a COCO keypoint file, such as person_keypoints_val2017.json')
    .option('--json', 'print one JSON object instead of a table')
    .action(async (file: string, options: { json?: boolean }) => {
      const stats = cocoStats(await readCocoKeypoints(file));
      write(options.json ? `${JSON.stringify(stats, null, 2)}\n` : statsTable(stats));
    });
}
