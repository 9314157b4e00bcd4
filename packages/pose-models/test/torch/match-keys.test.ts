import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { createModel, torchEntries, type ModelName } from '../../src';
import { matchKeys } from '../../src/torch/match-keys';

type Shapes = Map<string, readonly number[]>;

/** Keys and shapes of networks of other libraries, as their own code lists them. */
const PUBLISHED = JSON.parse(readFileSync(join(__dirname, '../fixtures/state-dict-keys.json'), 'utf8')) as Record<
  string,
  [string, number[]][]
>;

function network(name: ModelName): Shapes {
  const model = createModel(name, { seed: null });
  const shapes = new Map(torchEntries(model).map(({ key, shape }) => [key, shape]));
  model.dispose();
  return shapes;
}

const renamed = (shapes: Shapes, rename: (key: string) => string): Shapes =>
  new Map([...shapes].map(([key, shape]) => [rename(key), shape]));

describe('matchKeys(network, checkpoint)', () => {
  const resnet = network('pose_resnet18');

  test('takes the keys as they are, and leaves out counters of batches', () => {
    const checkpoint = new Map([...resnet, ['bn1.num_batches_tracked', []]]);
    const { scheme, matched, missing, unexpected, misshapen } = matchKeys(resnet, checkpoint);
    expect({ scheme, matched: matched.size, missing, unexpected, misshapen }).toEqual({
      scheme: 'as published',
      matched: resnet.size,
      missing: [],
      unexpected: [],
      misshapen: [],
    });
  });

  test.each([
    ['DataParallel', 'module.'],
    ['two wrappers', 'model.module.'],
    ['torch.compile', '_orig_mod.'],
  ])('takes off the prefix of %s', (_, prefix) => {
    const { matched, unexpected } = matchKeys(
      resnet,
      renamed(resnet, (key) => prefix + key),
    );
    expect(matched.get('layer1.0.bn1.running_var')).toBe(`${prefix}layer1.0.bn1.running_var`);
    expect(matched.size).toBe(resnet.size);
    expect(unexpected).toEqual([]);
  });

  test.each([
    ['0.x', 'keypoint_head'],
    ['1.x', 'head'],
  ])('SimpleBaseline of mmpose %s', (_, head) => {
    const mmpose = renamed(resnet, (key) => (/^(deconv_layers|final_layer)/.test(key) ? `${head}.${key}` : `backbone.${key}`)); // prettier-ignore
    const { scheme, matched, unexpected } = matchKeys(resnet, mmpose);
    expect({ scheme, matched: matched.size, unexpected }).toEqual({
      scheme: 'mmpose, backbone and head',
      matched: resnet.size,
      unexpected: [],
    });
  });

  test('the backbone of torchvision: only its classifier is unexpected, only the head missing', () => {
    const { scheme, matched, missing, unexpected, misshapen } = matchKeys(resnet, new Map(PUBLISHED['torchvision resnet18'])); // prettier-ignore
    expect(scheme).toBe('as published');
    expect(unexpected).toEqual(['fc.weight', 'fc.bias']);
    expect(missing.every((key) => /^(deconv_layers|final_layer)\./.test(key))).toBe(true);
    expect(matched.size + missing.length).toBe(resnet.size);
    expect(misshapen).toEqual([]);
  });

  test('VGG-19 of torchvision: the ten convolutions of the trunk of OpenPose', () => {
    const openpose = network('openpose_vgg19');
    const { scheme, matched, unexpected } = matchKeys(openpose, new Map(PUBLISHED['torchvision vgg19']));
    expect(scheme).toBe('torchvision or timm VGG');
    expect(matched.size).toBe(20);
    expect(matched.get('model0.21.weight')).toBe('features.21.weight');
    expect(unexpected).toContain('features.23.weight'); // conv4_3, which OpenPose has not
  });

  test("OpenPose by Caffe's layer names", () => {
    const openpose = network('openpose_vgg19');
    const trunk = 'conv1_1 conv1_2 conv2_1 conv2_2 conv3_1 conv3_2 conv3_3 conv3_4 conv4_1 conv4_2 conv4_3_CPM conv4_4_CPM'.split(' '); // prettier-ignore
    const places = [0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25];
    const caffe = renamed(openpose, (key) => {
      const [module, place, parameter] = key.split('.');
      const i = Number(place) / 2 + 1;
      if (module === 'model0') return `model0.${trunk[places.indexOf(Number(place))]}.${parameter}`;
      const [, stage, branch] = /^model(\d)_(\d)$/.exec(module) as RegExpExecArray;
      return `${module}.${stage === '1' ? `conv5_${i}_CPM_L${branch}` : `Mconv${i}_stage${stage}_L${branch}`}.${parameter}`;
    });
    expect(caffe.has('model6_2.Mconv7_stage6_L2.bias')).toBe(true);
    const { scheme, matched, unexpected } = matchKeys(openpose, caffe);
    expect({ scheme, matched: matched.size, unexpected }).toEqual({
      scheme: "OpenPose by Caffe's layer names",
      matched: openpose.size,
      unexpected: [],
    });
    const flat = renamed(caffe, (key) => key.slice(key.indexOf('.') + 1)); // without the modules' names
    expect(matchKeys(openpose, flat).matched.size).toBe(openpose.size);
  });

  test.each([
    ['mmpose 1.x', (key: string) => key.replace('keypoint_head.', 'head.')],
    ['mmpose 0.x under DataParallel', (key: string) => `module.${key}`],
  ])('Lite-HRNet of %s', (_, rename) => {
    const lite = network('litehrnet_18');
    expect(matchKeys(lite, renamed(lite, rename))).toMatchObject({ missing: [], unexpected: [], misshapen: [] });
  });

  test('the backbone of Lite-HRNet alone', () => {
    const lite = network('litehrnet_18');
    const backbone = new Map([...lite].filter(([key]) => key.startsWith('backbone.')));
    const bare = renamed(backbone, (key) => key.replace('backbone.', ''));
    const { scheme, missing, unexpected } = matchKeys(lite, bare);
    expect({ scheme, missing, unexpected }).toEqual({
      scheme: 'backbone alone',
      missing: ['keypoint_head.final_layer.weight', 'keypoint_head.final_layer.bias'],
      unexpected: [],
    });
  });

  test.each([
    ['0.x', 'keypoint_head.'],
    ['1.x', 'head.'],
  ])('Hourglass-52 of mmpose %s', (_, head) => {
    const hourglass = network('pose_hourglass_52');
    const mmpose = renamed(hourglass, (key) => key.replace(/^head\./, head));
    expect(matchKeys(hourglass, mmpose)).toMatchObject({ missing: [], unexpected: [], misshapen: [] });
  });

  test('keys of both with other shapes are told apart from missing ones', () => {
    const checkpoint = new Map(resnet).set('final_layer.weight', [16, 256, 1, 1]);
    expect(matchKeys(resnet, checkpoint)).toMatchObject({
      missing: [],
      misshapen: [{ key: 'final_layer.weight', expected: [17, 256, 1, 1], found: [16, 256, 1, 1] }],
    });
  });

  test('a checkpoint of something else: nothing fits, and all of it is told', () => {
    const { matched, missing, unexpected } = matchKeys(resnet, new Map([['encoder.weight', [3, 4]]]));
    expect({ matched: matched.size, missing: missing.length, unexpected }).toEqual({
      matched: 0,
      missing: resnet.size,
      unexpected: ['encoder.weight'],
    });
  });

  test('an empty checkpoint', () => {
    expect(matchKeys(resnet, new Map()).missing).toHaveLength(resnet.size);
  });
});
