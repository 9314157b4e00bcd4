const process = require('node:process');

/** Shared by every package: sources are compiled by swc to CommonJS, other packages are used as built. */
module.exports = {
  testEnvironment: 'node',
  // Packages are tested one after the other (pnpm test), so each may have the whole machine.
  maxWorkers: '100%',
  setupFiles: process.env.POSE_ENGINE === 'native' ? [require.resolve('./jest.typed-arrays.cjs')] : [],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  // Looked up in jest's sandbox, a global is very slow; this one is in the innermost loops of PNG files and of engines.
  sandboxInjectedGlobals: ['Math'],
  testTimeout: 60_000,
};
