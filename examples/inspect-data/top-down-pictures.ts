import { personInstances, readImage, type CocoKeypoints, type PersonInstance, type Skeleton } from '@pose/coco-dataset';
import {
  createRandom,
  IMAGENET_MEAN,
  IMAGENET_STD,
  invertAffine,
  recordDraws,
  transformPoint,
} from '@pose/pose-augment';
import { denormalize, drawBox, drawPolygon, drawPose, heatmapPanel, mosaic, type Image } from '@pose/pose-viz';
import {
  BatchLoader,
  drawTopDownSample,
  type Batch,
  type ProgressReporter,
  type TargetEncoding,
  type TopDownSample,
  type TopDownSettings,
} from '@pose/trainer';
import type { Options } from './options';
import {
  enlarged,
  formatDraws,
  originalImage,
  scaled,
  type SamplePicture,
  type SamplePictures,
} from './sample-picture';

/** Samples of one person each: image with annotation, box and crop; input with its keypoints; targets. */
export async function topDownPictures(
  coco: CocoKeypoints,
  imageFolder: string,
  options: Options,
  reporter: ProgressReporter,
): Promise<SamplePictures> {
  const { skeleton, seed, epoch, ids, count } = options;
  const people = personInstances(coco, { imageFolder, skeleton });
  const settings = topDownSettings(options);
  const onSkip = (message: string) => reporter.line(message);
  const loader = new BatchLoader({
    items: people,
    settings,
    batchSize: 1,
    workers: 0,
    seed,
    onUnreadable: 'skip',
    onSkip,
  });
  const order = settings.augmentation ? loader.order(epoch) : Uint32Array.from(people, (_, i) => i);
  const places = ids ? placesOf(people, ids) : order.subarray(0, count);

  async function* draw(): AsyncGenerator<SamplePicture> {
    for await (const batch of loader.chosen(places, epoch)) {
      const [person] = batch.items;
      const random = recordDraws(createRandom([seed, epoch, people.indexOf(person)]));
      const sample = drawTopDownSample(person, settings, random);
      yield {
        name: `person-${person.annotationId}`,
        title: `annotation ${person.annotationId}, image ${person.imageId}`,
        picture: await pictureOf(batch, person, sample, settings, skeleton),
        facts: {
          image: person.imageFile,
          'image size': person.imageSize.join(' x '),
          box: person.box.map((value) => value.toFixed(1)).join(', '),
          'labelled keypoints': `${person.numKeypoints} annotated, ${batch.weight.filter((w) => w > 0).length} in the loss`,
          mirrored: sample.flipped ? 'yes' : 'no',
          drawn: formatDraws(random.draws),
        },
      };
      batch.release();
    }
  }
  return { samples: draw(), total: places.length };
}

function topDownSettings(options: Options): TopDownSettings {
  const [height, width] = options.input ?? [256, 192];
  const { skeleton, augment, halfBody, photometric, cutout, hideAndSeek, rectify, udp, area } = options;
  return {
    kind: 'top-down',
    inputSize: [width, height],
    heatmapSizes: [[Math.ceil(width / 4), Math.ceil(height / 4)]],
    encoding: encodingOf(options),
    flipPairs: skeleton.flipPairs,
    alignment: udp ? 'udp' : 'corner',
    rectify: rectify === undefined ? undefined : { marginShare: rectify },
    interpolation: area ? 'area' : 'bilinear',
    augmentation: augment
      ? {
          scaleFactor: options.scaleFactor,
          rotationFactor: options.rotation,
          flipProbability: options.flip,
          // HRNet takes half of a body from people with more than 8 labelled keypoints
          halfBody:
            halfBody > 0 ? { probability: halfBody, minKeypoints: 9, upperBody: skeleton.upperBody } : undefined,
          photometric: photometric ? {} : undefined,
          cutout: cutout
            ? { count: cutout, width: [width / 8, width / 3], height: [height / 8, height / 3] }
            : undefined,
          hideAndSeek: hideAndSeek ? {} : undefined,
        }
      : undefined,
  };
}

function encodingOf({ encoding: type, sigma }: Options): TargetEncoding {
  if (type === 'udp-combined' || type === 'megvii' || sigma === undefined) return { type };
  return { type, sigma };
}

function placesOf(people: readonly PersonInstance[], ids: readonly number[]): number[] {
  return ids.map((id) => {
    const place = people.findIndex(({ annotationId }) => annotationId === id);
    if (place < 0) throw new Error(`--ids: expected ids of annotations with keypoints and a box, found ${id}`);
    return place;
  });
}

async function pictureOf(
  batch: Batch,
  person: PersonInstance,
  sample: TopDownSample,
  settings: TopDownSettings,
  skeleton: Skeleton,
): Promise<Image> {
  const input = denormalize(batch.input, { size: settings.inputSize, mean: IMAGENET_MEAN, std: IMAGENET_STD });
  const original = originalImage(await readImage(person.imageFile));
  drawBox(original.image, person.box.map((value) => value * original.scale) as typeof person.box);
  drawPolygon(
    original.image,
    cropOutline(sample, person, settings).map((value) => value * original.scale),
    {
      color: [250, 220, 60],
    },
  );
  drawPose(original.image, scaled(person.keypoints, original.scale), skeleton);

  const crop = enlarged(input);
  drawPose(crop, scaled(sample.keypoints, crop.height / input.height), skeleton);
  const panels = [original.image, crop, ...targetPanels(batch, settings, enlarged(input), skeleton)];
  const captions = ['image: box green, crop yellow', 'input and keypoints', ...targetCaptions(settings.encoding.type)];
  return mosaic(panels, { columns: panels.length, captions });
}

/** All targets as one panel, and those of each keypoint as small ones. */
function targetPanels(batch: Batch, settings: TopDownSettings, input: Image, skeleton: Skeleton): Image[] {
  const { encoding, heatmapSizes } = settings;
  const keypoints = skeleton.keypoints.length;
  if (encoding.type === 'simcc') return [simccPanel(batch.targets, keypoints, input)];
  const [size] = heatmapSizes;
  const maps = heatmapsOf(batch.targets[0], encoding.type);
  const single = skeleton.keypoints.map((_, k) => {
    const map = maps.filter((_, i) => i % keypoints === k);
    return heatmapPanel(map, { size, keypoints: 1 }, input);
  });
  const columns = Math.ceil(Math.sqrt(keypoints));
  const cell = [Math.round(input.width / 3), Math.round(input.height / 3)] as const;
  const shown = skeleton.keypoints.map((name, k) => (batch.weight[k] > 0 ? name : `(${name})`));
  return [heatmapPanel(maps, { size, keypoints }, input), mosaic(single, { columns, cell, gap: 2, captions: shown })];
}

function targetCaptions(encoding: TargetEncoding['type']): string[] {
  if (encoding === 'simcc') return ['product of the lines of x and y'];
  return ['targets', 'per keypoint; in brackets: not in the loss'];
}

/** The maps that have a peak, 1 at most: the discs of 'udp-combined', the others as they are ('megvii' reaches 255). */
function heatmapsOf(target: Float32Array, encoding: TargetEncoding['type']): Float32Array {
  if (encoding === 'udp-combined') return target.filter((_, i) => i % 3 === 0);
  return encoding === 'megvii' ? target.map((value) => value / 255) : target;
}

/** The product of both lines: where the network is to find each keypoint. */
function simccPanel([x, y]: readonly Float32Array[], keypoints: number, input: Image): Image {
  const [width, height] = [x.length / keypoints, y.length / keypoints];
  const maps = new Float32Array(width * height);
  for (let k = 0; k < keypoints; k++) {
    const [lineX, lineY] = [x.subarray(k * width, (k + 1) * width), y.subarray(k * height, (k + 1) * height)];
    const [mostX, mostY] = [Math.max(...lineX), Math.max(...lineY)];
    if (mostX === 0) continue;
    for (let i = 0; i < maps.length; i++) {
      const value = (lineX[i % width] / mostX) * (lineY[Math.floor(i / width)] / mostY);
      if (value > maps[i]) maps[i] = value;
    }
  }
  return heatmapPanel(maps, { size: [width, height], keypoints: 1 }, input);
}

/** The four corners of the input, in pixels of the image as it is stored. */
function cropOutline(
  { matrix, flipped }: TopDownSample,
  { imageSize }: PersonInstance,
  settings: TopDownSettings,
): number[] {
  const [width, height] = settings.inputSize;
  const back = invertAffine(matrix);
  const corners = [
    [-0.5, -0.5],
    [width - 0.5, -0.5],
    [width - 0.5, height - 0.5],
    [-0.5, height - 0.5],
  ] as const;
  return corners.flatMap((corner) => {
    const [x, y] = transformPoint(corner, back);
    return [flipped ? imageSize[0] - 1 - x : x, y];
  });
}
