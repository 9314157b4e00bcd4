import fc from 'fast-check';
import { ModelError, readCheckpoint } from '../../src';
import { EXPECTED, fixture, fixtureNames } from './fixtures';

const files = [...Object.keys(EXPECTED), ...fixtureNames('refused'), ...fixtureNames('malicious')];
const contents = new Map(files.map((name) => [name, fixture(name)]));

/** Reads all, which must give data or a ModelError, soon and with little memory. */
function readAll(bytes: Uint8Array): void {
  try {
    let values = 0;
    for (const tensor of readCheckpoint(bytes).tensors.values()) {
      const read = tensor.read();
      expect(read.length).toBe(tensor.shape.reduce((product, size) => product * size, 1));
      // A changed stride can repeat values, a few million times; some tensors of that are enough.
      if ((values += read.length) > 2 ** 25) break;
    }
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    expect(error.message.length).toBeLessThan(1500);
  }
}

test.each(files)('%s cut off anywhere, or with any bytes changed, is data or a ModelError', (name) => {
  const bytes = contents.get(name) as Uint8Array;
  fc.assert(
    fc.property(fc.nat(bytes.length), (length) => readAll(bytes.subarray(0, length))),
    { numRuns: 60 },
  );
  const change = fc.tuple(fc.nat(bytes.length - 1), fc.oneof(fc.nat(255), fc.constantFrom(0, 127, 128, 255)));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const changed = bytes.slice();
      for (const [position, value] of changes) changed[position] = value;
      readAll(changed);
    }),
    { numRuns: 150 },
  );
});

test('every byte of the headers of a legacy and a safetensors file, with any bit turned, is data or a ModelError', () => {
  for (const name of ['legacy-storage-views.pth', 'legacy-python-2.pth', 'network.safetensors']) {
    const bytes = fixture(name);
    for (let i = 0; i < Math.min(bytes.length, 600); i++) {
      for (let bit = 0; bit < 8; bit++) {
        const changed = bytes.slice();
        changed[i] ^= 1 << bit;
        readAll(changed);
      }
    }
  }
});

test('a file that is cut off within its values says so', () => {
  const cut = (name: string) => fixture(name).subarray(0, -60);
  expect(() => readCheckpoint(cut('network.pth'))).toThrow(/^Expected a whole zip archive, found no end of one/);
  expect(() => readCheckpoint(cut('network-legacy.pth'))).toThrow(/^Expected \d+ more bytes, found \d+ at byte \d+ of/);
  expect(() => readCheckpoint(cut('network.safetensors'))).toThrow(
    /^"\S+": expected a storage of at least \d+ values, found one of \d+$/,
  );
});

test('pieces of files put together at random are data or a ModelError', () => {
  const piece = fc
    .tuple(fc.constantFrom(...files), fc.nat(4000), fc.nat(400))
    .map(([name, start, length]) => contents.get(name)?.subarray(start, start + length) as Uint8Array);
  fc.assert(
    fc.property(fc.constantFrom(...files), fc.nat(400), fc.array(piece, { maxLength: 5 }), (name, length, pieces) => {
      const start = contents.get(name)?.subarray(0, length) as Uint8Array;
      readAll(Uint8Array.from([start, ...pieces].flatMap((part) => [...part])));
    }),
    { numRuns: 500 },
  );
});
