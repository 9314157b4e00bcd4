const preset = require('../../jest.preset.cjs');

// What ONNX Runtime's addon takes and gives is of the outer realm.
module.exports = { ...preset, setupFiles: [require.resolve('../../jest.typed-arrays.cjs')] };
