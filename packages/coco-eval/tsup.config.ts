import { packageConfig } from '../../tsup.preset';

// Without shims: they import `path` and `url`, which a browser does not have.
export default {
  ...packageConfig({ index: 'src/index.ts', node: 'src/node.ts', cli: 'src/cli.ts' }),
  shims: false,
};
