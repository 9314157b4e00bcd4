import { RUNTIMES } from '@pose/tfjs-compile';

/**
 * How the forward and backward passes run: 'off', op by op; 'tensorflow' or 'onnx', as one graph of that runtime;
 * 'auto', whichever is faster, op by op or as a graph of the runtime that suits the engine.
 */
export const COMPILE_MODES = ['auto', ...RUNTIMES, 'off'] as const;
export type CompileMode = (typeof COMPILE_MODES)[number];
