/** Frames of the libraries between the traced program and the recorder; tfjs-engine has gradients that call kernels. */
const LIBRARY = /@tensorflow[\\/+]|[\\/]tfjs-(?:compile|engine)[\\/](?:dist|src)[\\/]|node:internal/;

/** Frames that TensorFlow.js puts between a call and its kernel; a gradient's are about thirty. */
const FRAMES = 60;

/**
 * Where the program that is being traced called TensorFlow.js: `file:line:column` of the innermost frame outside of the
 * libraries; of a gradient, that of the call of `tf.grads` or its like. Undefined where the engine keeps no stack.
 */
export function callSite(): string | undefined {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  const { stack } = new Error();
  Error.stackTraceLimit = limit;
  const frame = stack
    ?.split('\n')
    .slice(1)
    .find((line) => !LIBRARY.test(line) && /:\d+:\d+\)?$/.test(line));
  return frame?.replace(/^\s*at (?:.* \()?/, '').replace(/\)$/, '');
}
