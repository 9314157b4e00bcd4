import { decodeFloat, decodeInteger, decodeLong, decodeQuoted, decodeRawUnicode } from './pickle-literals';
import { describe, Opaque, type PickleValue } from './pickle-values';
import type { PickleMachine } from './unpickle';

type Opcode = (machine: PickleMachine) => void;

/**
 * What each opcode does to the machine, by name and byte, as `pickletools` of Python's standard library defines them.
 * Missing are those for what a file alone cannot give: copyreg's extension codes, and buffers outside the pickle.
 */
const BY_CHARACTER: Record<string, Opcode> = {
  // Beginning and end
  '\x80': protocol,
  '\x95': frame,
  '.': (m) => (m.stopped = true),

  // Stack and memo
  '(': (m) => m.mark(),
  '0': (m) => m.discard(),
  '1': (m) => m.popToMark(),
  '2': (m) => m.push(m.top()),
  p: (m) => m.memoize(memoIndex(m)),
  q: (m) => m.memoize(m.reader.u8()),
  r: (m) => m.memoize(m.reader.u32()),
  '\x94': (m) => m.memoize(),
  g: (m) => m.recall(memoIndex(m)),
  h: (m) => m.recall(m.reader.u8()),
  j: (m) => m.recall(m.reader.u32()),

  // None, booleans, numbers
  N: (m) => m.push(null),
  '\x88': (m) => m.push(true),
  '\x89': (m) => m.push(false),
  I: (m) => m.push(literal(m, 'an integer', decodeInteger)),
  J: (m) => m.push(m.reader.i32()),
  K: (m) => m.push(m.reader.u8()),
  M: (m) => m.push(m.reader.u16()),
  L: (m) => m.push(literal(m, 'an integer', decodeInteger)),
  '\x8a': (m) => pushLong(m, m.reader.u8()),
  '\x8b': (m) => pushLong(m, m.reader.u32()),
  F: (m) => m.push(literal(m, 'a float', decodeFloat)),
  G: (m) => m.push(m.reader.f64()),

  // Strings and bytes; those of Python 2 may be either
  S: (m) => m.push(textOrBytes(literal(m, 'a quoted string', decodeQuoted))),
  T: (m) => m.push(textOrBytes(m.reader.take(m.reader.u32()))),
  U: (m) => m.push(textOrBytes(m.reader.take(m.reader.u8()))),
  V: (m) => m.push(decodeRawUnicode(latin1(m.reader.line()))),
  X: (m) => pushText(m, m.reader.u32()),
  '\x8c': (m) => pushText(m, m.reader.u8()),
  '\x8d': (m) => pushText(m, m.reader.u64()),
  B: (m) => m.push(m.reader.take(m.reader.u32())),
  C: (m) => m.push(m.reader.take(m.reader.u8())),
  '\x8e': (m) => m.push(m.reader.take(m.reader.u64())),
  '\x96': (m) => m.push(m.reader.take(m.reader.u64())),

  // Tuples, lists, dicts, sets
  ')': (m) => m.push([]),
  '\x85': (m) => m.push(m.popMany(1)),
  '\x86': (m) => m.push(m.popMany(2)),
  '\x87': (m) => m.push(m.popMany(3)),
  t: (m) => m.push(m.popToMark()),
  ']': (m) => m.push([]),
  l: (m) => m.push(m.popToMark()),
  a: (m) => append(m, m.popMany(1)),
  e: (m) => append(m, m.popToMark()),
  '}': (m) => m.push(new Map()),
  d: (m) => {
    const items = m.popToMark();
    m.push(new Map());
    setItems(m, items);
  },
  s: (m) => setItems(m, m.popMany(2)),
  u: (m) => setItems(m, m.popToMark()),
  '\x8f': (m) => m.push(new Set()),
  '\x90': (m) => addItems(m, m.popToMark()),
  '\x91': (m) => m.push(new Set(m.popToMark())),

  // Globals and what is made of them
  c: (m) => m.push(namedGlobal(m)),
  '\x93': (m) => {
    const [module, name] = m.popMany(2);
    m.push(m.global(module, name));
  },
  R: reduce,
  '\x81': reduce,
  '\x92': reduceWithKeywords,
  i: (m) => {
    const global = namedGlobal(m);
    m.push(m.call(global, m.popToMark()));
  },
  o: (m) => {
    const [callable, ...args] = m.popToMark();
    m.push(m.call(callable, args));
  },
  b: build,

  // Storages
  P: persistentText,
  Q: (m) => m.push(m.persistent(m.pop())),
};

/** By byte. */
export const OPCODES: (Opcode | undefined)[] = [];
for (const [character, opcode] of Object.entries(BY_CHARACTER)) OPCODES[character.charCodeAt(0)] = opcode;

function protocol(m: PickleMachine): void {
  const version = m.reader.u8();
  if (version > 5) m.fail('a pickle of protocol 0 to 5', `protocol ${version}`);
}

/** Frames only say how much to fetch at a time; that much must be there. */
function frame(m: PickleMachine): void {
  const length = m.reader.u64();
  const left = m.reader.bytes.length - m.reader.position;
  if (length > left) m.fail(`a frame of ${length} bytes`, `${left}`);
}

function memoIndex(m: PickleMachine): number {
  const index = literal(m, 'an index of the memo', decodeInteger);
  return typeof index === 'number' && index >= 0 ? index : m.fail('an index of the memo', describe(index));
}

/** The value that a line of text stands for. */
function literal<T>(m: PickleMachine, expected: string, decode: (text: string) => T | undefined): T {
  const text = latin1(m.reader.line());
  return decode(text) ?? m.fail(expected, describe(text));
}

function pushLong(m: PickleMachine, length: number): void {
  m.push(decodeLong(m.reader.take(length)) ?? m.fail('an integer of at most 64 bytes', `one of ${length}`));
}

function pushText(m: PickleMachine, length: number): void {
  m.push(utf8(m.reader.take(length)) ?? m.fail('a string in UTF-8', 'other bytes'));
}

function append(m: PickleMachine, items: PickleValue[]): void {
  const list = m.top();
  if (!Array.isArray(list)) return m.fail('a list to append to', describe(list));
  for (const item of items) list.push(item);
}

function setItems(m: PickleMachine, items: PickleValue[]): void {
  const dict = m.top();
  if (!(dict instanceof Map)) return m.fail('a dict to put a value into', describe(dict));
  if (items.length % 2 === 1) m.fail('a value for each key', `${items.length} keys and values`);
  for (let i = 0; i < items.length; i += 2) dict.set(items[i], items[i + 1]);
}

function addItems(m: PickleMachine, items: PickleValue[]): void {
  const set = m.top();
  if (!(set instanceof Set)) return m.fail('a set to add to', describe(set));
  for (const item of items) set.add(item);
}

function namedGlobal(m: PickleMachine): PickleValue {
  const [module, name] = [m.reader.line(), m.reader.line()];
  return m.global(latin1(module), latin1(name));
}

function reduce(m: PickleMachine): void {
  const [callable, args] = m.popMany(2);
  m.push(m.call(callable, args));
}

function reduceWithKeywords(m: PickleMachine): void {
  const [callable, args, keywords] = m.popMany(3);
  if (!(keywords instanceof Map) || keywords.size > 0) m.fail('a call without keywords', describe(keywords));
  m.push(m.call(callable, args));
}

/** Attributes of an object. Dicts have some too, as the `_metadata` of a state_dict; nobody asks for them. */
function build(m: PickleMachine): void {
  m.pop();
  const object = m.top();
  if (!(object instanceof Map || object instanceof Opaque)) m.fail('an object that has attributes', describe(object));
}

/** Protocol 0 has no other persistent ids, and its text does not say what Python's object was. */
function persistentText(m: PickleMachine): void {
  m.fail('a pickle of protocol 1 to 5', 'protocol 0, in which tensors cannot be saved (torch.load does not read them)');
}

function textOrBytes(bytes: Uint8Array): PickleValue {
  return utf8(bytes) ?? bytes;
}

/** The text in UTF-8, undefined when the bytes are not that. */
function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** One character per byte. */
function latin1(bytes: Uint8Array): string {
  let text = '';
  // In pieces, since each is passed as so many arguments.
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return text;
}
