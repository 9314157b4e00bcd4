/**
 * Gives a test file the typed arrays of Node.js itself. Jest runs each file in a realm of its own; what TensorFlow's
 * addon returns comes from the outer one, and TensorFlow.js, which asks `instanceof Float32Array`, would not know it.
 */
const { runInThisContext } = require('node:vm');

for (const name of ['Float32Array', 'Int32Array']) globalThis[name] = runInThisContext(name);
