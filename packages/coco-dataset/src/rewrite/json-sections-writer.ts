import type { AtomicFile } from './atomic-file';

/** Writes a JSON object of fields and of arrays, element by element, each on a line of its own. */
export class JsonSectionsWriter {
  private first = true;
  private inSection = false;
  private firstElement = true;

  constructor(private readonly output: AtomicFile) {}

  /** A member whose value is `json`. */
  field(name: string, json: Uint8Array | string): void {
    this.begin(name);
    this.output.write(json);
  }

  /** A member whose value is an array; its elements follow. */
  section(name: string): void {
    this.begin(name);
    this.output.write('[');
    this.inSection = true;
    this.firstElement = true;
  }

  element(json: Uint8Array | string): void {
    this.output.write(this.firstElement ? '\n' : ',\n');
    this.output.write(json);
    this.firstElement = false;
  }

  end(): void {
    this.endSection();
    this.output.write(this.first ? '{}\n' : '\n}\n');
  }

  private begin(name: string): void {
    this.endSection();
    this.output.write(`${this.first ? '{' : ','}\n${JSON.stringify(name)}: `);
    this.first = false;
  }

  private endSection(): void {
    if (this.inSection) this.output.write(this.firstElement ? ']' : '\n]');
    this.inSection = false;
  }
}
