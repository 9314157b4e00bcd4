import fc from 'fast-check';
import { JsonNumbers } from '../../src/columns/json-numbers';
import { jsonText } from '../json-stream/json-text';

const numbers = new JsonNumbers();

function one(text: string): number {
  const bytes = Buffer.from(`7${text}8`);
  return numbers.number(bytes, 1, bytes.length - 1);
}

function array(text: string): number[] | undefined {
  const bytes = Buffer.from(`7${text}8`);
  const length = numbers.array(bytes, 1, bytes.length - 1);
  return length < 0 ? undefined : [...numbers.values.subarray(0, length)];
}

test.each([
  '0',
  '-0',
  '0.1',
  '-12.50',
  '239.97',
  '123456789012345',
  '1234567890123456789',
  '0.1234567890123456',
  '5e-324',
  '1E+2',
  '9007199254740993',
])('the number %s is that of JSON.parse', (text) => expect(one(text)).toBe(JSON.parse(text)));

test.each(['"1"', 'null', 'true', '[1]', '{}', '1e999'])('%s is no finite number', (text) => {
  expect(one(text)).toBeNaN();
  expect(array(`[1,${text}]`)).toBeUndefined();
});

test('numbers of any digits are those of JSON.parse', () => {
  const digits = fc.stringMatching(/^-?(0|[1-9][0-9]{0,19})(\.[0-9]{1,20})?(e[-+]?[0-9]{1,2})?$/);
  fc.assert(
    fc.property(digits, (text) => expect(one(text)).toBe(JSON.parse(text))),
    { numRuns: 2000 },
  );
});

test('arrays in any layout are those of JSON.parse', () => {
  const decimal = fc.tuple(fc.integer(), fc.nat(6)).map(([n, digits]) => n / 10 ** digits);
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.nat(999), decimal, fc.double({ noNaN: true, noDefaultInfinity: true })), { maxLength: 300 }),
      fc.infiniteStream(fc.nat(20)),
      (values, choices) => {
        const text = jsonText(values, () => choices.next().value as number).trim();
        expect(array(text)).toEqual(JSON.parse(text));
      },
    ),
  );
  expect(array('[1,[2]]')).toBeUndefined();
  expect(array('5')).toBeUndefined();
});
