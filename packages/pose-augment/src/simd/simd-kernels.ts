import { simdKernelsBase64 } from './kernels.generated';

/** The exports of assembly/, which names and explains the parameters; arrays are byte offsets into the memory. */
export interface SimdKernels {
  memory: { buffer: ArrayBuffer; grow(pages: number): number };
  bilinearSpan(
    source: number,
    stride: number,
    right: number,
    x: number,
    y: number,
    dx: number,
    dy: number,
    from: number,
    to: number,
    out: number,
    scratch: number,
  ): void;
  lookUpLevels(bytes: number, end: number, levels: number, out: number, reverse: boolean): void;
}

/** The part of the WebAssembly API that is used here: TypeScript declares it only together with all of the DOM. */
interface WebAssemblyApi {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: object };
}

let kernels: SimdKernels | null | undefined;

/** The kernels, one instance for the thread; undefined where there is no WebAssembly with SIMD. */
export function simdKernels(): SimdKernels | undefined {
  if (kernels === undefined) kernels = instantiate() ?? null;
  return kernels ?? undefined;
}

function instantiate(): SimdKernels | undefined {
  const { WebAssembly } = globalThis as unknown as { WebAssembly?: WebAssemblyApi };
  const bytes = Uint8Array.from(atob(simdKernelsBase64), (character) => character.charCodeAt(0));
  if (!WebAssembly?.validate(bytes)) return undefined;
  try {
    return new WebAssembly.Instance(new WebAssembly.Module(bytes), {}).exports as SimdKernels;
  } catch {
    return undefined; // a page whose security policy forbids WebAssembly
  }
}
