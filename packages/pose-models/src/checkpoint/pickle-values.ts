import { quote } from './quote';

/** What a pickle can hold. Tuples are arrays as lists are, and no value has a behaviour. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleValue[]
  | Map<PickleValue, PickleValue>
  | Set<PickleValue>
  | PickleObject;

/** A value of a class or function that the pickle names. */
export abstract class PickleObject {
  /** For errors, `a sparse tensor`. */
  abstract readonly description: string;
}

/** A class or function of Python's that a pickle may name. What it makes here is data of ours. */
export class PickleGlobal extends PickleObject {
  /**
   * @param name  with its module, `torch.Size`
   * @param make  what a call with the arguments gives, undefined when they do not fit; without it a call is an error
   */
  constructor(
    readonly name: string,
    readonly make: (args: readonly PickleValue[]) => PickleValue | undefined = () => undefined,
  ) {
    super();
  }

  get description(): string {
    return `the global ${quote(this.name)}`;
  }
}

/** An object that nobody asks for: its class is harmless, its content is dropped. */
export class Opaque extends PickleObject {
  constructor(readonly description: string) {
    super();
  }
}

/** In words, for errors; short, whatever the value is. */
export function describe(value: PickleValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'None';
  if (typeof value === 'string') return `the string ${quote(value)}`;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'bigint') return 'an integer beyond 2 ** 53';
  if (value instanceof PickleObject) return value.description;
  if (value instanceof Map) return 'a dict';
  if (value instanceof Set) return 'a set';
  if (Array.isArray(value)) return `a list or tuple of ${value.length}`;
  return `${value.length} bytes`;
}
