import { randomNormal } from '../../src/initialization/random-normal';

function take(count: number, name: string, seed: number): number[] {
  const draw = randomNormal(name, seed);
  return Array.from({ length: count }, draw);
}

test('randomNormal(name, seed) is determined by both', () => {
  expect(take(5, 'conv1/kernel', 7)).toEqual(take(5, 'conv1/kernel', 7));
  expect(take(5, 'conv1/kernel', 7)).not.toEqual(take(5, 'conv1/kernel', 8));
  expect(take(5, 'conv1/kernel', 7)).not.toEqual(take(5, 'conv2/kernel', 7));
  expect(take(5, 'conv1/kernel', 2 ** 32)).not.toEqual(take(5, 'conv1/kernel', 0));
});

test('its first values stay what they are, so that a seed keeps its meaning', () => {
  expect(take(3, 'conv1/kernel', 0)).toMatchInlineSnapshot(`
   [
     1.7155165545098998,
     0.5639877653510341,
     1.1533163199786332,
   ]
  `);
});

test('its values have the moments and tails of a standard normal', () => {
  const values = take(200_000, 'moments', 1);
  const mean = (power: number) => values.reduce((sum, value) => sum + value ** power, 0) / values.length;
  expect(Math.abs(mean(1))).toBeLessThan(0.01);
  expect(Math.abs(mean(2) - 1)).toBeLessThan(0.015);
  expect(Math.abs(mean(3))).toBeLessThan(0.04);
  expect(Math.abs(mean(4) - 3)).toBeLessThan(0.1);
  const beyond = values.filter((value) => Math.abs(value) > 1.96).length / values.length;
  expect(Math.abs(beyond - 0.05)).toBeLessThan(0.003);
});

test('neighbours and the streams of other names are not correlated', () => {
  const [a, b] = [take(100_000, 'a', 0), take(100_000, 'b', 0)];
  const correlation = (x: number[], y: number[]) =>
    x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0) / x.length;
  expect(Math.abs(correlation(a, b))).toBeLessThan(0.015);
  expect(Math.abs(correlation(a, a.slice(1)))).toBeLessThan(0.015);
  expect(Math.abs(correlation(a, take(100_000, 'a', 1)))).toBeLessThan(0.015);
});
