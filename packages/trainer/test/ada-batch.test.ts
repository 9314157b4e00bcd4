import fc from 'fast-check';
import { TrainerError } from '../src';
import { AdaBatch } from '../src/sampler/ada-batch';
import { shuffledOrder } from '../src/data/shuffled-order';
import { ShuffledSampler } from '../src/sampler/shuffled-sampler';
import type { JsonValue } from '../src/json-value';
import { driveEpoch, noisyLosses } from './sampler-runs';

const throughJson = (state: JsonValue): JsonValue => JSON.parse(JSON.stringify(state)) as JsonValue;
const isTwelfth = (place: number): boolean => place % 12 === 0;

test('ShuffledSampler gives the order of seed and epoch, and so does the first epoch of AdaBatch', () => {
  expect(new ShuffledSampler({ samples: 50, seed: 3 }).order(2)).toEqual(shuffledOrder(50, 3, 2));
  expect(new AdaBatch({ samples: 50, seed: 3 }).order(0)).toEqual(shuffledOrder(50, 3, 0));
});

describe('a sample that is hard and never easy', () => {
  const presence = (sampler: AdaBatch, epochs: number, lossOfSeven: (epoch: number) => number): string =>
    Array.from({ length: epochs }, (_, epoch) => {
      // The others take turns at being hard: none is in two epochs running.
      const losses = (place: number): number => (place === 7 ? lossOfSeven(epoch) : (place + 3 * epoch) % 10);
      return driveEpoch(sampler, epoch, losses).includes(7) ? 'x' : '.';
    }).join('');

  test('is put off after two visits for two epochs, then after one visit for four, then six', () => {
    expect(presence(new AdaBatch({ samples: 120 }), 18, () => 1000)).toBe('xx..x....x......x.');
  });

  test('stays for good when it is easy once, even where it is the hardest from then on', () => {
    const losses = (epoch: number): number => (epoch === 4 ? -1 : 1000);
    expect(presence(new AdaBatch({ samples: 120 }), 18, losses)).toBe('xx..xxxxxxxxxxxxxx');
  });

  test('needs `patience` hard visits again after one that was medium', () => {
    const losses = (epoch: number): number => (epoch === 4 ? 4.5 : 1000);
    expect(presence(new AdaBatch({ samples: 120, patience: 3, delay: 1 }), 12, losses)).toBe('xxx.xxxx..x.');
  });

  test('stays while hardShare of all samples are put off', () => {
    const sampler = new AdaBatch({ samples: 100, hardShare: 0.1, delay: 50 });
    // All in one batch: places 90-99 are hard, and when they are gone 81-89, who would have to follow them.
    const drive = (epoch: number): Uint32Array => driveEpoch(sampler, epoch, (place) => place, { batchSize: 100 });
    for (let epoch = 0; epoch < 2; epoch++) drive(epoch);
    for (let epoch = 2; epoch < 20; epoch++) expect(Math.max(...drive(epoch))).toBe(89);
    expect(drive(20)).toHaveLength(90);
  });

  test('goes before others of lower index where not all of them may go', () => {
    const sampler = new AdaBatch({ samples: 30, hardShare: 0.2 });
    const visit = (places: number[], losses: number[]): void => sampler.observe(places, Float32Array.from(losses));
    // 2-9 are hard in epochs 2 and 3; before, 4-9 were hard once and 2-3 never. Six of 30 may go.
    for (let epoch = 0; epoch < 4; epoch++) {
      sampler.order(epoch);
      for (let place = 2; place < 10; place++) {
        const isHard = epoch >= 2 || (epoch === 0 && place >= 4);
        visit([0, 1, place], [0, isHard ? 1 : 2, isHard ? 2 : 1]);
      }
    }
    const order = [...sampler.order(4)];
    expect([2, 3, 4, 5, 6, 7, 8, 9].filter((place) => order.includes(place))).toEqual([2, 3]);
    expect(order).toHaveLength(24);
  });
});

test('each batch holds easy, medium and hard ones of the history in their shares', () => {
  const sampler = new AdaBatch({ samples: 1000, patience: 255 });
  const losses = (place: number): number => (place < 300 ? 0 : place < 700 ? 1 : 2);
  for (let epoch = 0; epoch < 6; epoch++) driveEpoch(sampler, epoch, losses);
  const order = sampler.order(6);
  for (let start = 0; start < order.length; start += 20) {
    const batch = [...order.subarray(start, start + 20)];
    // In a plain shuffle the standard deviation of both is 2: it has batches far outside of this.
    for (const loss of [0, 2]) {
      const found = batch.filter((place) => losses(place) === loss).length;
      expect(Math.abs(found - 6)).toBeLessThanOrEqual(2);
    }
  }
});

test('whatever the losses, an order has no place twice, at most hardShare are missing, and everyone comes back', () => {
  const setting = fc.record({
    samples: fc.integer({ min: 1, max: 60 }),
    batchSize: fc.integer({ min: 1, max: 12 }),
    seed: fc.nat(1000),
    levels: fc.integer({ min: 1, max: 8 }),
    skipped: fc.integer({ min: 2, max: 9 }),
  });
  fc.assert(
    fc.property(setting, ({ samples, batchSize, seed, levels, skipped }) => {
      const sampler = new AdaBatch({ samples, seed });
      const lastSeen = new Int32Array(samples).fill(-1);
      for (let epoch = 0; epoch < 30; epoch++) {
        const order = sampler.order(epoch);
        expect(new Set(order).size).toBe(order.length);
        expect(order.length).toBeGreaterThanOrEqual(samples - Math.floor(0.3 * samples));
        for (const place of order) lastSeen[place] = epoch;
        // Some samples are in the order and never observed: their images cannot be read.
        const readable = [...order].filter((place) => place % skipped !== 1);
        for (let start = 0; start < readable.length; start += batchSize) {
          const batch = readable.slice(start, start + batchSize);
          sampler.observe(
            batch,
            Float32Array.from(batch, (place) => (place * 7 + seed) % levels),
          );
        }
      }
      // Put off after 2, 5 and 10 epochs for 2, 4 and 6, and after 17 for 8, at the earliest.
      expect(Math.min(...lastSeen)).toBeGreaterThanOrEqual(16);
      for (let place = 1; place < samples; place += skipped) expect(lastSeen[place]).toBe(29);
    }),
    { numRuns: 60 },
  );
});

test('the order of an epoch does not change while its losses are observed', () => {
  const sampler = new AdaBatch({ samples: 200 });
  for (let epoch = 0; epoch < 6; epoch++) {
    const order = driveEpoch(sampler, epoch, noisyLosses(isTwelfth));
    expect(sampler.order(epoch)).toEqual(order);
  }
});

test('a run that resumes in the middle of an epoch goes on as one that never stopped, state and history too', () => {
  const losses = noisyLosses(isTwelfth);
  for (const [stopEpoch, stopBatch] of [
    [0, 0],
    [0, 4],
    [5, 3],
    [6, Infinity],
  ]) {
    const uninterrupted = new AdaBatch({ samples: 190, seed: 4 });
    const first = new AdaBatch({ samples: 190, seed: 4 });
    const second = new AdaBatch({ samples: 190, seed: 4 });
    const orders = (sampler: AdaBatch, from: number): Uint32Array[] =>
      Array.from({ length: 12 - from }, (_, i) => driveEpoch(sampler, from + i, losses));

    const expected = orders(uninterrupted, 0);
    for (let epoch = 0; epoch < stopEpoch; epoch++) driveEpoch(first, epoch, losses);
    driveEpoch(first, stopEpoch, losses, { end: stopBatch });
    second.restore(throughJson(first.state()));
    const resumedAt = driveEpoch(second, stopEpoch, losses, { first: stopBatch });
    expect([resumedAt, ...orders(second, stopEpoch + 1)]).toEqual(expected.slice(stopEpoch));
    expect(second.state()).toEqual(uninterrupted.state());
    expect(second.history()).toEqual(uninterrupted.history());
  }
});

test('a run that resumes between two epochs goes on as one that never stopped', () => {
  const [first, second] = [new AdaBatch({ samples: 120 }), new AdaBatch({ samples: 120 })];
  for (let epoch = 0; epoch < 5; epoch++) {
    driveEpoch(first, epoch, noisyLosses(isTwelfth));
    second.restore(throughJson(first.state()));
    expect(second.history()).toEqual(first.history());
    expect(second.order(epoch + 1)).toEqual(first.order(epoch + 1));
  }
  expect(second.state()).toEqual(first.state());
});

test('another seed gives another order from the same losses', () => {
  const [one, other] = [1, 2].map((seed) => new AdaBatch({ samples: 100, seed }));
  for (let epoch = 0; epoch < 3; epoch++) {
    expect(driveEpoch(one, epoch, (place) => place)).not.toEqual(driveEpoch(other, epoch, (place) => place));
  }
});

test('a fifth of the samples with labels that are wrong is mostly put off, and few of the others are', () => {
  const sampler = new AdaBatch({ samples: 2000 });
  const isWrong = (place: number): boolean => place % 5 === 0;
  const noise = noisyLosses();
  // The others differ for good, and their noise gets lower with the epochs.
  const losses = (place: number, epoch: number): number =>
    isWrong(place) ? 1.5 + 0.5 * noise(place, epoch) : (place % 100) / 200 + noise(place, epoch) / (1 + epoch / 10);
  let [wrong, clean] = [0, 0];
  for (let epoch = 0; epoch < 40; epoch++) {
    const order = driveEpoch(sampler, epoch, losses, { batchSize: 32 });
    if (epoch < 10) continue;
    const found = order.filter(isWrong).length;
    wrong += found;
    clean += order.length - found;
  }
  expect(wrong / (30 * 400)).toBeLessThan(0.2);
  expect(clean / (30 * 1600)).toBeGreaterThan(0.85);
});

test('the state of 100,000 samples is a JSON of less than 14 bytes each', () => {
  const sampler = new AdaBatch({ samples: 100_000 });
  driveEpoch(sampler, 0, (place) => place);
  expect(JSON.stringify(sampler.state()).length).toBeLessThan(1_400_000);
});

describe('AdaBatch refuses', () => {
  const state = (): { [key: string]: JsonValue } => {
    const sampler = new AdaBatch({ samples: 30 });
    for (let epoch = 0; epoch < 2; epoch++) driveEpoch(sampler, epoch, (place) => place);
    return throughJson(sampler.state()) as { [key: string]: JsonValue };
  };

  test.each([
    ['a state of another number of samples', { samples: 31 }, /a state with samples 31, found 30/],
    ['a state of another seed', { samples: 30, seed: 1 }, /a state with seed 1, found 0/],
    ['a state of another patience', { samples: 30, patience: 3 }, /a state with patience 3, found 2/],
  ])('%s', (_, options, message) => {
    expect(() => new AdaBatch(options).restore(state())).toThrow(message);
  });

  test('a state that is not one of AdaBatch, or damaged, and stays as it was', () => {
    const sampler = new AdaBatch({ samples: 30 });
    driveEpoch(sampler, 0, (place) => place);
    const before = sampler.state();
    const arrays = state().samples as { [key: string]: JsonValue };
    for (const [broken, message] of [
      [null, /expected a state of options, epoch, samples and history, found null/],
      [{ lossesSeen: 3 }, /found {"lossesSeen":3}\. Was the run made with another sampler/],
      [{ ...state(), epoch: 1.5 }, /expected a state of options, epoch/],
      [
        { ...state(), samples: { ...arrays, sum: 'AAAA' } },
        /AdaBatch: sum: expected 60 bytes as base64, found 3 bytes/,
      ],
      [{ ...state(), samples: { ...arrays, returns: null } }, /AdaBatch: returns: expected 60 bytes .* found object/],
    ] as const) {
      expect(() => sampler.restore(broken)).toThrow(TrainerError);
      expect(() => sampler.restore(broken)).toThrow(message);
    }
    expect(sampler.state()).toEqual(before);
  });

  test.each([
    ['no samples', { samples: 0 }, /expected samples to be a whole number from 1 to 4294967295, found 0/],
    ['a patience of nothing', { samples: 9, patience: 0 }, /patience .* 1 to 255, found 0/],
    ['a delay that is not whole', { samples: 9, delay: 1.5 }, /delay .* found 1.5/],
    ['shares above 1', { samples: 9, easyShare: 0.8 }, /add up to 1 or less, found 0.8 and 0.3/],
    ['a share of 0', { samples: 9, hardShare: 0 }, /above 0 .* found 0.3 and 0/],
  ])('%s', (_, options, message) => {
    expect(() => new AdaBatch(options)).toThrow(message);
  });

  test('an epoch before the last one, losses before the first, and places that are not samples', () => {
    const sampler = new AdaBatch({ samples: 30 });
    expect(() => sampler.observe([0], new Float32Array(1))).toThrow(/order\(epoch\) to be called before observe/);
    sampler.order(3);
    expect(() => sampler.order(2)).toThrow(/expected epoch 3 or a later one, found 2/);
    expect(() => sampler.observe([0, 1], new Float32Array(1))).toThrow(/a loss for each of 2 samples, found 1/);
    for (const place of [30, -1, 1.5]) {
      expect(() => sampler.observe([0, place], new Float32Array(2))).toThrow(`places from 0 to 29, found ${place}.`);
    }
  });
});
