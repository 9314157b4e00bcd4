import { DatasetError } from '../dataset-error';
import { describe } from '../json-object';
import { walkJsonFile } from '../json-stream/walk-json-file';
import { countLabelled } from '../labelled-keypoints';
import { COCO_SKELETON } from '../skeletons/coco';
import { OPENPOSE_SKELETON } from '../skeletons/openpose';
import { openPoseKeypoints } from '../skeletons/openpose-keypoints';
import { writeAtomically } from './atomic-file';
import { JsonSectionsWriter } from './json-sections-writer';
import { SeenSections } from './seen-sections';
import type { OnBytes, WrittenCounts } from './subset-file';

/**
 * Writes a COCO keypoint file with OpenPose's 18 keypoints in place of the 17: `keypoints` and `num_keypoints` of the
 * annotations, names and limbs of the categories. The rest stays; files of any size are copied in bounded memory.
 *
 * @throws DatasetError when the input cannot be read, is not JSON, its keypoints are not COCO's, or the output is the
 *   input or cannot be written; no output is left behind then
 */
export async function convertToOpenPose(
  input: string,
  output: string,
  onBytes: OnBytes = () => undefined,
): Promise<WrittenCounts> {
  const counts: WrittenCounts = { images: 0, annotations: 0 };
  await writeAtomically(output, [input], async (file) => {
    const writer = new JsonSectionsWriter(file);
    const seen = new SeenSections(input);
    await walkJsonFile(input, {
      section(name) {
        seen.add(name);
        writer.section(name);
      },
      field: (name, bytes) => writer.field(name, bytes),
      element(section, index, bytes) {
        onBytes(bytes.length);
        if (section === 'images' || section === 'annotations') counts[section]++;
        if (section !== 'annotations' && section !== 'categories') {
          writer.element(bytes);
          return;
        }
        const where = `${input}: ${section}[${index}]`;
        const element = JSON.parse(Buffer.from(bytes).toString()) as unknown;
        if (element === null || typeof element !== 'object' || Array.isArray(element)) {
          throw new DatasetError(`${where}: expected an object, found ${describe(element)}`);
        }
        const converted =
          section === 'annotations' ? convertAnnotation(element, where) : convertCategory(element, where);
        writer.element(JSON.stringify(converted));
      },
    });
    seen.require('images', 'annotations', 'categories');
    writer.end();
  });
  return counts;
}

function convertAnnotation(annotation: { keypoints?: unknown }, where: string): object {
  const { keypoints } = annotation;
  const count = 3 * COCO_SKELETON.keypoints.length;
  if (!Array.isArray(keypoints) || keypoints.length !== count || !keypoints.every((value) => Number.isFinite(value))) {
    throw new DatasetError(`${where}.keypoints: expected ${count} numbers, found ${describe(keypoints)}`);
  }
  const converted = openPoseKeypoints(keypoints as number[]);
  return { ...annotation, keypoints: converted, num_keypoints: countLabelled(converted) };
}

function convertCategory(category: { keypoints?: unknown }, where: string): object {
  const names = Array.isArray(category.keypoints) ? category.keypoints.join(', ') : describe(category.keypoints);
  if (names !== COCO_SKELETON.keypoints.join(', ')) {
    throw new DatasetError(`${where}.keypoints: expected the 17 of COCO, found ${names}`);
  }
  return {
    ...category,
    keypoints: OPENPOSE_SKELETON.keypoints,
    skeleton: OPENPOSE_SKELETON.limbs.map(([a, b]) => [a + 1, b + 1]),
  };
}
