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
