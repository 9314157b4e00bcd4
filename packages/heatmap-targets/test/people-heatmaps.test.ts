import { expectClose } from '@pose/golden-cases';
import fc from 'fast-check';
import { gaussianHeatmaps, peopleHeatmaps, TargetError, udpHeatmaps, unbiasedHeatmaps } from '../src';
import { people } from './arbitraries';
import { frameOf, parity, peopleOf, triplets, type ExpectedMaps, type PeopleCase, type PersonCase } from './golden';

parity<PersonCase & { sigma: number }, ExpectedMaps>('mmpose_msra', ({ inputs, expected, check, checkSummary }) => {
  const { heatmaps, weights } = peopleHeatmaps([triplets(inputs.keypoints, inputs.visible)], {
    ...frameOf(inputs),
    sigma: inputs.sigma,
  });
  checkSummary('target', heatmaps, expected.target);
  check('weight', weights, expected.weight);
});

parity<PeopleCase, ExpectedMaps>('mmpose_unbiased_multi', ({ inputs, expected, check, checkSummary }) => {
  const { heatmaps, weights } = peopleHeatmaps(peopleOf(inputs), {
    ...frameOf(inputs),
    sigma: inputs.sigma,
    encoding: 'unbiased',
  });
  checkSummary('target', heatmaps, expected.target);
  check('weight', weights, expected.weight);
});

describe('peopleHeatmaps(people, options, into)', () => {
  test.each([
    ['gaussian', gaussianHeatmaps],
    ['unbiased', unbiasedHeatmaps],
    ['udp', udpHeatmaps],
  ] as const)('%s is the maximum of what the encoder of one person gives', (encoding, encode) => {
    // strides that single precision holds exactly, so that both ways round alike
    const frame = { inputSize: [61, 29], heatmapSize: [16, 8] } as const;
    const whole = encoding === 'udp' ? frame : { ...frame, inputSize: [64, 32] as const };
    fc.assert(
      fc.property(people, (everyone) => {
        const { heatmaps, weights } = peopleHeatmaps(everyone, { ...whole, encoding });
        const each = everyone.map((keypoints) => encode(keypoints, whole));
        const most = Array.from(heatmaps, (_, i) => Math.max(...each.map((single) => single.heatmaps[i])));
        expectClose(heatmaps, most, [0, 0], 'heatmaps');
        expect(Array.from(weights)).toEqual(each.flatMap((single) => Array.from(single.weights)));
      }),
    );
  });

  const options = { inputSize: [64, 32], heatmapSize: [16, 8] } as const;

  test('gives empty maps for nobody', () => {
    const { heatmaps, weights } = peopleHeatmaps([], { ...options, keypointCount: 2 });
    expect(heatmaps).toEqual(new Float32Array(16 * 8 * 2));
    expect(weights.length).toBe(0);
  });

  test('weighs by v where that is asked for, and by joint', () => {
    const person = [10, 10, 2, 20, 20, 1, 10, 20, 0];
    const weights = (more: object) => Array.from(peopleHeatmaps([person], { ...options, ...more }).weights);
    expect(weights({})).toEqual([1, 1, 0]);
    expect(weights({ weighting: 'visibility' })).toEqual([2, 1, 0]);
    expect(weights({ weighting: 'visibility', jointWeights: [1.5, 0.5, 3] })).toEqual([3, 0.5, 0]);
  });

  test('refuses people that do not fit, and says which', () => {
    const make =
      (everyone: number[][], more: object = {}) =>
      () =>
        peopleHeatmaps(everyone, { ...options, ...more });
    expect(make([])).toThrow(
      new TargetError('Expected at least one person, or the option keypointCount, but received neither'),
    );
    expect(
      make([
        [1, 1, 1],
        [1, 1, 1, 2, 2, 2],
      ]),
    ).toThrow('Expected 1 keypoints for people[1] but received 2');
    expect(make([[1, 1, 1]], { keypointCount: 2 })).toThrow('Expected 2 keypoints for people[0] but received 1');
    expect(make([[1, 1, 1]], { keypointCount: 0.5 })).toThrow('Expected a positive integer for keypointCount');
    expect(
      make([
        [1, 1, 1],
        [1, NaN, 1],
      ]),
    ).toThrow('for keypoint 0 of people[1] but received [1, NaN, 1]');
    expect(make([[1, 1, 1]], { encoding: 'dark' })).toThrow("Expected encoding 'gaussian', 'unbiased' or 'udp'");
    expect(make([[1, 1, 1]], { weighting: 'none' })).toThrow("Expected weighting 'labelled' or 'visibility'");
  });
});
