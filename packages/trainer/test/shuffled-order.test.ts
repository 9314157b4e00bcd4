import { shuffledOrder } from '../src/data/shuffled-order';

const identity = Array.from({ length: 50 }, (_, i) => i);

test('shuffledOrder(count, seed, epoch) holds each index once', () => {
  expect([...shuffledOrder(50, 1, 0)].sort((a, b) => a - b)).toEqual(identity);
  expect([...shuffledOrder(1, 1, 0)]).toEqual([0]);
});

test('shuffledOrder is the same for the same seed and epoch, and another for others', () => {
  const order = [...shuffledOrder(50, 1, 0)];
  expect([...shuffledOrder(50, 1, 0)]).toEqual(order);
  for (const other of [shuffledOrder(50, 1, 1), shuffledOrder(50, 2, 0), identity])
    expect([...other]).not.toEqual(order);
});

test('shuffledOrder puts every index in every place about equally often', () => {
  const counts = Array.from({ length: 4 }, () => [0, 0, 0, 0]);
  for (let epoch = 0; epoch < 4000; epoch++)
    shuffledOrder(4, 0, epoch).forEach((index, place) => counts[place][index]++);
  // Standard deviation sqrt(4000 * 1/4 * 3/4) = 27: five of them on each side.
  for (const count of counts.flat()) expect(Math.abs(count - 1000)).toBeLessThan(137);
});
