import {
  imageInstances,
  OPENPOSE_SKELETON,
  rasterizeRegions,
  readImage,
  type CocoKeypoints,
  type ImageInstance,
  type Skeleton,
} from '@pose/coco-dataset';
import { createRandom, recordDraws } from '@pose/pose-augment';
import { drawBox, drawPose, fieldPanel, heatmapPanel, mosaic, resizeImage, type Image } from '@pose/pose-viz';
import {
  BatchLoader,
  drawBottomUpSample,
  type Batch,
  type BottomUpSample,
  type BottomUpSettings,
  type ProgressReporter,
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

/** Samples of whole images: image with annotations and ignore regions; input with everybody's keypoints; maps and fields. */
export async function bottomUpPictures(
  coco: CocoKeypoints,
  imageFolder: string,
  options: Options,
  reporter: ProgressReporter,
): Promise<SamplePictures> {
  const { skeleton, seed, epoch, ids, count } = options;
  // COCO's keypoints are learnt as OpenPose's 18, others as they are.
  const trained = skeleton.name === 'coco' ? OPENPOSE_SKELETON : skeleton;
  const images = imageInstances(coco, { imageFolder, skeleton });
  const settings = bottomUpSettings(options, trained);
  const onSkip = (message: string) => reporter.line(message);
  const shared = { settings, batchSize: 1, workers: 0, seed, onUnreadable: 'skip' as const, onSkip };
  const loader = new BatchLoader<'bottom-up'>({ items: images, ...shared });
  const order = settings.augmentation ? loader.order(epoch) : Uint32Array.from(images, (_, i) => i);
  const places = ids ? placesOf(images, ids) : order.subarray(0, count);

  async function* draw(): AsyncGenerator<SamplePicture> {
    for await (const batch of loader.chosen(places, epoch)) {
      const [instance] = batch.items;
      const image = await readImage(instance.imageFile);
      const random = recordDraws(createRandom([seed, epoch, images.indexOf(instance)]));
      const sample = drawBottomUpSample(image, instance, settings, random);
      const counted = batch.mask.filter((value) => value > 0).length / batch.mask.length;
      yield {
        name: `image-${instance.imageId}`,
        title: `image ${instance.imageId}`,
        picture: pictureOf(batch, image, sample, settings, { annotated: skeleton, trained }),
        facts: {
          image: instance.imageFile,
          'image size': instance.imageSize.join(' x '),
          people: `${instance.people.length} with labelled keypoints, ${instance.ignore.length} regions ignored`,
          'cells that count': `${(100 * counted).toFixed(0)} %`,
          'image to input': sample.matrix.map((value) => value.toFixed(3)).join(', '),
          drawn: formatDraws(random.draws),
        },
      };
      batch.release();
    }
  }
  return { samples: draw(), total: places.length };
}

function bottomUpSettings({ skeleton, input = [368, 368], augment, flip, sigma }: Options, trained: Skeleton) {
  const [edge, other] = input;
  if (edge !== other) throw new Error(`--input: expected a square for bottom-up samples, found ${edge}x${other}`);
  const settings: BottomUpSettings = {
    kind: 'bottom-up',
    edge,
    heatmapSize: [Math.ceil(edge / 8), Math.ceil(edge / 8)],
    keypoints: trained === OPENPOSE_SKELETON ? 'openpose' : 'annotated',
    keypointCount: trained.keypoints.length,
    limbs: trained.limbs,
    sigma,
    flipPairs: skeleton.flipPairs,
    augmentation: augment ? { flipProbability: flip } : undefined,
  };
  return settings;
}

function placesOf(images: readonly ImageInstance[], ids: readonly number[]): number[] {
  return ids.map((id) => {
    const place = images.findIndex(({ imageId }) => imageId === id);
    if (place < 0) throw new Error(`--ids: expected ids of images with people, found ${id}`);
    return place;
  });
}

function pictureOf(
  batch: Batch<'bottom-up'>,
  image: Image,
  sample: BottomUpSample,
  settings: BottomUpSettings,
  skeletons: { annotated: Skeleton; trained: Skeleton },
): Image {
  const [instance] = batch.items;
  const { heatmapSize: size, keypointCount, limbs } = settings;
  const original = originalImage(image);
  shadeIgnored(original.image, instance);
  for (const { keypoints, box } of instance.people) {
    const hasArea = box[2] > 0 && box[3] > 0; // files hold boxes without
    if (hasArea) drawBox(original.image, box.map((value) => value * original.scale) as typeof box);
    drawPose(original.image, scaled(keypoints, original.scale), skeletons.annotated);
  }
  const [input, crop] = [enlarged(sample.image), enlarged(sample.image)];
  const scale = crop.width / sample.image.width;
  for (const keypoints of sample.people) drawPose(crop, scaled(keypoints, scale), skeletons.trained);
  const joints = batch.heatmaps.filter((_, i) => i % (keypointCount + 1) !== keypointCount);
  const background = batch.heatmaps.filter((_, i) => i % (keypointCount + 1) === keypointCount);
  const panels = {
    'image; ignored regions red': original.image,
    'input and keypoints': crop,
    'confidence maps': heatmapPanel(joints, { size, keypoints: keypointCount }, input),
    'part affinity fields': fieldPanel(batch.fields, { size, fields: limbs.length }, input),
    background: heatmapPanel(background, { size, keypoints: 1 }),
    'where the loss counts': heatmapPanel(batch.mask, { size, keypoints: 1 }),
  };
  return mosaic(Object.values(panels), { columns: 3, captions: Object.keys(panels) });
}

/** Reddens what no loss is taken from. */
function shadeIgnored(image: Image, { ignore, imageSize }: ImageInstance): void {
  const mask = rasterizeRegions(ignore, imageSize);
  const grey = new Uint8Array(mask.length * 3).map((_, i) => (mask[Math.floor(i / 3)] > 0 ? 255 : 0));
  const [width, height] = imageSize;
  const resized = resizeImage({ data: grey, width, height, channels: 3 }, [image.width, image.height]);
  for (let i = 0; i < image.data.length; i += 3) {
    const share = (0.6 * resized.data[i]) / 255;
    image.data[i] += (255 - image.data[i]) * share;
    image.data[i + 1] *= 1 - share;
    image.data[i + 2] *= 1 - share;
  }
}
