import { createRequire } from 'node:module';
import type * as OnnxRuntime from 'onnxruntime-node';
import { CompileError, messageOf } from '../compile-error';

/** @throws CompileError where onnxruntime-node is not installed, or its native part does not load */
export function loadOnnxRuntime(): typeof OnnxRuntime {
  try {
    return createRequire(import.meta.url)('onnxruntime-node') as typeof OnnxRuntime;
  } catch (error) {
    throw new CompileError(
      `ONNX Runtime could not be loaded (${messageOf(error)}). ` + 'Run: npm install onnxruntime-node@1.30.0',
      { cause: error },
    );
  }
}
