import { Command, Option } from 'commander';
import { DatasetError } from '../dataset-error';
import { crowdPoseToCoco } from '../formats/crowdpose';
import { mpiiToCoco, type CocoLists } from '../formats/mpii-to-coco';
import { readMpii } from '../formats/read-mpii';
import { parseCocoKeypoints } from '../parse-coco-keypoints';
import { readJson } from '../read-json';
import { convertToOpenPose } from '../rewrite/convert-to-openpose';
import type { WrittenCounts } from '../rewrite/subset-file';
import { writeJsonLists } from '../rewrite/write-json-lists';
import { totalBytes, withProgress } from './progress';

interface Options {
  from: 'mpii' | 'crowdpose' | 'coco';
  to: 'coco' | 'openpose-18';
  images?: string;
  json?: boolean;
}

/** `coco-dataset convert`; `write` takes what goes to standard output. */
export function convertCommand(write: (text: string) => void): Command {
  return new Command('convert')
    .description("write MPII's or CrowdPose's annotations in COCO's format, or COCO's with the keypoints of OpenPose")
    .argument('<annotations>', 'the file to read')
    .argument('<output.json>', 'the file to write; replaced when it is complete')
    .addOption(
      new Option('--from <format>', 'what the file is; mpii is the list of the HRNet and SimpleBaseline repositories')
        .choices(['mpii', 'crowdpose', 'coco'])
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--to <keypoints>', 'coco: the format, with the keypoints as they are; openpose-18: from coco only')
        .choices(['coco', 'openpose-18'])
        .default('coco'),
    )
    .option('--images <folder>', "MPII's images, since its list does not know their sizes")
    .option('--json', 'print one JSON object instead of a line')
    .action(async (input: string, output: string, options: Options) => {
      const counts = await convert(input, output, options);
      const { from, to } = options;
      write(
        options.json
          ? `${JSON.stringify({ input, output, from, to, ...counts }, null, 2)}\n`
          : `${output}: ${counts.images} images, ${counts.annotations} annotations\n`,
      );
    });
}

function convert(input: string, output: string, { from, to, images }: Options): Promise<WrittenCounts> {
  if (from === 'coco' && to === 'openpose-18') {
    return withProgress('convert', totalBytes([input]), (advance) => convertToOpenPose(input, output, advance));
  }
  if (from === 'crowdpose' && to === 'coco') return convertCrowdPose(input, output);
  if (from === 'mpii' && to === 'coco') {
    if (images === undefined) {
      throw new DatasetError(
        "convert: expected --images <folder> with MPII's images, whose sizes the list does not know",
      );
    }
    return convertMpii(input, output, images);
  }
  throw new DatasetError(`convert: expected mpii or crowdpose to coco, or coco to openpose-18, found ${from} to ${to}`);
}

async function convertCrowdPose(input: string, output: string): Promise<WrittenCounts> {
  const json = crowdPoseToCoco(await readJson(input, 'a CrowdPose annotation file'), input);
  parseCocoKeypoints(json, input);
  await writeJsonLists(output, [input], json);
  return counted(json as unknown as CocoLists);
}

async function convertMpii(input: string, output: string, images: string): Promise<WrittenCounts> {
  let done = 0;
  const people = await withProgress('sizes of images', 1, (advance) =>
    readMpii(input, {
      imageFolder: images,
      onProgress(now, total) {
        advance((now - done) / total);
        done = now;
      },
    }),
  );
  const lists = mpiiToCoco(people, images);
  await writeJsonLists(output, [input], lists);
  return counted(lists);
}

function counted({ images, annotations }: CocoLists): WrittenCounts {
  return { images: images.length, annotations: annotations.length };
}
