import fc from 'fast-check';
import { ByteReader } from '../../src/checkpoint/byte-reader';
import { PickleGlobal, type PickleValue } from '../../src/checkpoint/pickle-values';
import { unpickle } from '../../src/checkpoint/unpickle';
import { ModelError } from '../../src';

const POINT = new PickleGlobal('geometry.Point', (args) => ['point', ...args]);
const OPTIONS = {
  globals: new Map([[POINT.name, POINT]]),
  persistent: (id: PickleValue) => (typeof id === 'string' ? `storage ${id}` : undefined),
};

/** One byte per character. */
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function load(text: string): PickleValue {
  return unpickle(new ByteReader(bytesOf(text), 'the pickle'), OPTIONS);
}

const dict = (...pairs: [PickleValue, PickleValue][]) => new Map(pairs);

test.each<[string, string, PickleValue]>([
  ['PROTO, NONE', '\x80\x02N.', null],
  ['FRAME', '\x80\x04\x95\x02\0\0\0\0\0\0\0N.', null],
  ['NEWTRUE', '\x88.', true],
  ['NEWFALSE', '\x89.', false],
  ['INT', 'I-12\n.', -12],
  ['INT, booleans', '(I00\nI01\nt.', [false, true]],
  ['BININT', 'J\xfe\xff\xff\xff.', -2],
  ['BININT1', 'K\xff.', 255],
  ['BININT2', 'M\x01\x02.', 513],
  ['LONG', 'L123456789012345678901234567890L\n.', 123456789012345678901234567890n],
  ['LONG1, none', '\x8a\x00.', 0],
  ['LONG1, negative', '\x8a\x02\x00\xff.', -256],
  ['LONG1, large', '\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.', 0x1950a86a20f9469cfc6cn],
  ['LONG4', '\x8b\x01\0\0\0\x80.', -128],
  ['FLOAT', '(F1.5\nF-2e-05\nFinf\nF-inf\nFnan\nF3\nt.', [1.5, -2e-5, Infinity, -Infinity, NaN, 3]],
  ['BINFLOAT', 'G\xc0\x04\0\0\0\0\0\0.', -2.5],
  ['STRING', `S'it\\'s\\n\\x41'\n.`, "it's\nA"],
  ['STRING, double quotes', 'S"it\'s"\n.', "it's"],
  ['STRING, bytes', `S'\\xff'\n.`, Uint8Array.of(255)],
  ['BINSTRING', 'T\x02\0\0\0ab.', 'ab'],
  ['SHORT_BINSTRING, bytes', 'U\x02\xff\xfe.', Uint8Array.of(255, 254)],
  ['UNICODE', 'V\\u00e9\\U0001f600\xe4\n.', 'é😀ä'],
  ['BINUNICODE', 'X\x02\0\0\0\xc3\xa9.', 'é'],
  ['SHORT_BINUNICODE', '\x8c\x01a.', 'a'],
  ['BINUNICODE8', '\x8d\x01\0\0\0\0\0\0\0a.', 'a'],
  ['BINBYTES', 'B\x01\0\0\0\xff.', Uint8Array.of(255)],
  ['SHORT_BINBYTES', 'C\x01\xff.', Uint8Array.of(255)],
  ['BINBYTES8', '\x8e\x01\0\0\0\0\0\0\0\xff.', Uint8Array.of(255)],
  ['BYTEARRAY8', '\x96\x01\0\0\0\0\0\0\0\xff.', Uint8Array.of(255)],
  ['EMPTY_TUPLE', ').', []],
  ['TUPLE', '(K\x01K\x02t.', [1, 2]],
  ['TUPLE1, TUPLE2, TUPLE3', 'K\x01\x85K\x02K\x03\x86K\x04\x87.', [[1], [2, 3], 4]],
  ['EMPTY_LIST, APPEND', ']K\x01aK\x02a.', [1, 2]],
  ['LIST, APPENDS', '(K\x01l(K\x02K\x03e.', [1, 2, 3]],
  ['EMPTY_DICT, SETITEM', '}K\x01Ns.', dict([1, null])],
  ['SETITEMS', '}(K\x01NK\x02Nu.', dict([1, null], [2, null])],
  ['DICT', '(K\x01Nd.', dict([1, null])],
  ['EMPTY_SET, ADDITEMS', '\x8f(K\x01K\x02\x90.', new Set([1, 2])],
  ['FROZENSET', '(K\x01\x91.', new Set([1])],
  ['POP, of a value', 'K\x01K\x020.', 1],
  ['POP, of a mark', 'K\x01(0.', 1],
  ['POP_MARK', 'K\x01(K\x02K\x031.', 1],
  ['DUP', 'K\x012\x86.', [1, 1]],
  ['PUT, GET', 'K\x01p5\n0g5\n.', 1],
  ['BINPUT, BINGET', 'K\x01q\x050h\x05.', 1],
  ['LONG_BINPUT, LONG_BINGET', 'K\x01r\xff\xff\xff\xff0j\xff\xff\xff\xff.', 1],
  ['MEMOIZE', 'K\x01\x94K\x02\x94h\0\x86.', [2, 1]],
  ['GLOBAL', 'cgeometry\nPoint\n.', POINT],
  ['STACK_GLOBAL', '\x8c\x08geometry\x8c\x05Point\x93.', POINT],
  ['REDUCE', 'cgeometry\nPoint\nK\x01\x85R.', ['point', 1]],
  ['NEWOBJ', 'cgeometry\nPoint\nK\x01\x85\x81.', ['point', 1]],
  ['NEWOBJ_EX', 'cgeometry\nPoint\nK\x01\x85}\x92.', ['point', 1]],
  ['INST', '(K\x01igeometry\nPoint\n.', ['point', 1]],
  ['OBJ', '(cgeometry\nPoint\nK\x01o.', ['point', 1]],
  ['BUILD', '}K\x01b.', dict()],
  ['BINPERSID', 'X\x01\0\0\0aQ.', 'storage a'],
])('unpickle(%s)', (_, text, value) => {
  expect(load(text)).toEqual(value);
});

test('unpickle(reader) leaves the reader behind the pickle', () => {
  const reader = new ByteReader(bytesOf('K\x01.K\x02.'), 'the pickle');
  expect([unpickle(reader), unpickle(reader), reader.position]).toEqual([1, 2, 6]);
});

test('a list that contains itself is read', () => {
  const list = load(']q\0h\0a.') as PickleValue[];
  expect(list[0]).toBe(list);
});

test.each([
  ['', 'Expected 1 more bytes, found 0 at byte 0 of the pickle'],
  ['N', 'Expected 1 more bytes, found 0 at byte 1 of the pickle'],
  ['.', 'Expected 1 or more values on the stack, found 0 at byte 0 of the pickle'],
  ['\x80\x06N.', 'Expected a pickle of protocol 0 to 5, found protocol 6 at byte 0 of the pickle'],
  ['\x95\x09\0\0\0\0\0\0\0N.', 'Expected a frame of 9 bytes, found 2 at byte 0 of the pickle'],
  ['N\xff.', 'Expected an opcode of a pickle, found byte 0xff at byte 1 of the pickle'],
  ['K\x01\x86.', 'Expected 2 or more values on the stack, found 1 at byte 2 of the pickle'],
  ['K\x01(\x85.', 'Expected 1 or more values on the stack, found 0 at byte 3 of the pickle'],
  ['K\x01t.', 'Expected a mark on the stack, found none at byte 2 of the pickle'],
  ['h\x05.', 'Expected a value that was memoized, found none under 5 at byte 0 of the pickle'],
  ['g-1\n.', 'Expected an index of the memo, found the number -1 at byte 0 of the pickle'],
  ['X\xff\xff\xff\xffab', 'Expected 4294967295 more bytes, found 2 at byte 5 of the pickle'],
  ['\x8e\xff\xff\xff\xff\xff\xff\xff\xff', 'Expected 18446744073709552000 more bytes, found 0 at byte 9 of the pickle'],
  ['X\x01\0\0\0\xff.', 'Expected a string in UTF-8, found other bytes at byte 0 of the pickle'],
  ['\x8b\x41\0\0\0' + 'a'.repeat(65), 'Expected an integer of at most 64 bytes, found one of 65 at byte 0'],
  ['L' + '1'.repeat(5000) + '\n.', 'Expected an integer, found the string "1111'],
  ['I12', 'Expected a line of at most 1048576 bytes, found no end of it at byte 1 of the pickle'],
  ['I' + '1'.repeat(2 ** 20 + 1) + '\n.', 'Expected a line of at most 1048576 bytes, found no end of it at byte 1'],
  ['I0x1\n.', 'Expected an integer, found the string "0x1" at byte 0 of the pickle'],
  ['F1.5.5\n.', 'Expected a float, found the string "1.5.5" at byte 0 of the pickle'],
  ["S'a\n.", 'Expected a quoted string, found the string "\'a" at byte 0 of the pickle'],
  ['Na.', 'Expected 1 or more values on the stack, found 0 at byte 1 of the pickle'],
  ['NNa.', 'Expected a list to append to, found None at byte 2 of the pickle'],
  [']NNs.', 'Expected a dict to put a value into, found a list or tuple of 0 at byte 3 of the pickle'],
  ['}(Nu.', 'Expected a value for each key, found 1 keys and values at byte 3 of the pickle'],
  ['}(N\x90.', 'Expected a set to add to, found a dict at byte 3 of the pickle'],
  ['NN\x93.', 'Expected the name of a global, found None and None at byte 2 of the pickle'],
  ['Pid\n.', 'Expected a pickle of protocol 1 to 5, found protocol 0'],
  ['NQ.', 'Expected the persistent id of a storage, found None at byte 1 of the pickle'],
  ['(o.', 'Expected a global to call, found nothing at byte 1 of the pickle'],
])('unpickle(%j) throws: %s', (text, message) => {
  expect(() => load(text)).toThrow(message);
  expect(() => load(text)).toThrow(ModelError);
});

test('a pickle without options may name no global and no storage', () => {
  const plain = (text: string) => unpickle(new ByteReader(bytesOf(text), 'the pickle'));
  expect(() => plain('cgeometry\nPoint\n.')).toThrow('found the global "geometry.Point" (byte 0 of the pickle)');
  expect(() => plain('NQ.')).toThrow('Expected the persistent id of a storage, found None');
});

test('a name of a global is cut short in the error', () => {
  expect(() => load(`c${'a'.repeat(10_000)}\nb\n.`)).toThrow(new RegExp(`global "${'a'.repeat(100)}…"`));
});

test('a pickle of too many steps is refused before it fills the memory', () => {
  const steps = 2 ** 21;
  expect(() => load(']'.repeat(steps + 1))).toThrow(`Expected a pickle of at most ${steps} steps, found more`);
  // A list that is copied again and again.
  const copies = `]q\0(${'K\x01'.repeat(100_000)}e0` + `cgeometry\nPoint\nh\0\x85R0`.repeat(1000);
  expect(() => load(copies)).toThrow(`Expected a pickle of at most ${steps} steps, found more`);
});

test('any bytes are data or a ModelError', () => {
  const codes = [...'()0.12pqrghjNIJKMLFGSTUVXBC]aleds}ubcQRio'].map((code) => code.charCodeAt(0));
  const opcode = fc.oneof(fc.constantFrom(...codes), fc.integer({ min: 0x80, max: 0x97 }), fc.nat(255), fc.nat(3));
  fc.assert(
    fc.property(fc.array(opcode, { maxLength: 60 }), (bytes) => {
      try {
        unpickle(new ByteReader(Uint8Array.from(bytes), 'the pickle'), OPTIONS);
      } catch (error) {
        if (!(error instanceof ModelError)) throw error;
      }
    }),
    { numRuns: 5000 },
  );
});
