import type { ByteReader } from './byte-reader';
import { OPCODES } from './pickle-opcodes';
import { describe, PickleGlobal, type PickleValue } from './pickle-values';
import { quote } from './quote';

export interface UnpickleOptions {
  /** Every global that the pickle may name, by module and name, `torch.Size`; none without it. */
  globals?: ReadonlyMap<string, PickleGlobal>;
  /** What a persistent id stands for; undefined for one that is no such id. Without it, an id is an error. */
  persistent?: (id: PickleValue) => PickleValue | undefined;
}

/**
 * Steps of one pickle: each opcode is one, and each item that a constructor may copy. A training state of pose_resnet152
 * with Adam takes 73 000. An empty dict is one byte in the file and 250 in memory, so that there must be a limit: this
 * many take 0.5 GB.
 */
const MAX_STEPS = 2 ** 21;

/**
 * The value of the pickle at the reader's position; afterwards the reader is behind it. Only data is made, whatever the
 * pickle asks for: a global that is not on the list is an error where it is named, and nothing of Python's is there to run.
 *
 * Protocols 0 to 5, as `pickletools` of Python's standard library documents their opcodes.
 *
 * @throws ModelError with the byte when the pickle is malformed, or names anything that is not on the list
 */
export function unpickle(reader: ByteReader, options: UnpickleOptions = {}): PickleValue {
  const machine: PickleMachine = new PickleMachine(reader, options);
  while (!machine.stopped) {
    const code = machine.nextOpcode();
    const opcode = OPCODES[code];
    if (opcode === undefined) machine.fail('an opcode of a pickle', `byte 0x${code.toString(16).padStart(2, '0')}`);
    opcode(machine);
  }
  return machine.pop();
}

/** The stack, the marks on it and the memo, on which the opcodes work. */
export class PickleMachine {
  stopped = false;
  /** Byte of the opcode that runs. */
  at = 0;
  private readonly stack: PickleValue[] = [];
  private readonly marks: number[] = [];
  private readonly memo = new Map<number, PickleValue>();
  private steps = 0;

  constructor(
    readonly reader: ByteReader,
    private readonly options: UnpickleOptions,
  ) {}

  nextOpcode(): number {
    this.at = this.reader.position;
    this.count(1);
    return this.reader.u8();
  }

  push(value: PickleValue): void {
    this.stack.push(value);
  }

  pop(): PickleValue {
    this.needs(1);
    return this.stack.pop() as PickleValue;
  }

  top(): PickleValue {
    this.needs(1);
    return this.stack[this.stack.length - 1];
  }

  /** The uppermost values, the lowest first. */
  popMany(count: number): PickleValue[] {
    this.needs(count);
    return this.stack.splice(this.stack.length - count);
  }

  mark(): void {
    this.marks.push(this.stack.length);
  }

  /** The values above the uppermost mark, which goes too. */
  popToMark(): PickleValue[] {
    const mark = this.marks.pop();
    if (mark === undefined) this.fail('a mark on the stack', 'none');
    return this.stack.splice(mark);
  }

  /** Takes away a value, or a mark when that is uppermost. */
  discard(): void {
    if (this.marks.at(-1) === this.stack.length) this.marks.pop();
    else this.pop();
  }

  memoize(index = this.memo.size): void {
    this.memo.set(index, this.top());
  }

  recall(index: number): void {
    const value = this.memo.get(index);
    if (value === undefined) this.fail('a value that was memoized', `none under ${index}`);
    this.push(value);
  }

  /** The global of a name, which must be on the list. */
  global(module: PickleValue, name: PickleValue): PickleGlobal {
    if (typeof module !== 'string' || typeof name !== 'string') {
      return this.fail('the name of a global', `${describe(module)} and ${describe(name)}`);
    }
    const found = this.options.globals?.get(`${module}.${name}`);
    if (found !== undefined) return found;
    const { source } = this.reader;
    return this.fail(
      'a file that holds only tensors',
      `the global ${quote(`${module}.${name}`)}`,
      ` (byte ${this.at} of ${source}); nothing of it was run. In Python: torch.save(model.state_dict(), path)`,
    );
  }

  /** What a call in Python would have given, as data. */
  call(callable: PickleValue, args: PickleValue): PickleValue {
    if (!(callable instanceof PickleGlobal)) return this.fail('a global to call', describe(callable));
    if (!Array.isArray(args)) return this.fail(`a tuple of arguments for ${callable.name}`, describe(args));
    // A constructor may copy its first argument, and the memo makes it cheap to ask for that often.
    if (Array.isArray(args[0])) this.count(args[0].length);
    const value = callable.make(args);
    if (value === undefined) {
      const found = args.length === 0 ? 'none' : args.slice(0, 8).map(describe).join(', ');
      return this.fail(`arguments that ${callable.name} takes`, found);
    }
    return value;
  }

  persistent(id: PickleValue): PickleValue {
    const value = this.options.persistent?.(id);
    if (value === undefined) return this.fail('the persistent id of a storage', describe(id));
    return value;
  }

  /** @param place  instead of the opcode's */
  fail(expected: string, found: string, place?: string): never {
    return this.reader.fail(expected, found, this.at, place);
  }

  private count(steps: number): void {
    this.steps += steps;
    if (this.steps > MAX_STEPS) this.fail(`a pickle of at most ${MAX_STEPS} steps`, 'more');
  }

  private needs(count: number): void {
    const available = this.stack.length - (this.marks.at(-1) ?? 0);
    if (available < count) this.fail(`${count} or more values on the stack`, `${available}`);
  }
}
