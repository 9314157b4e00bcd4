import { packageConfig } from '../../tsup.preset';

// Without shims: they import `path` and `url`, which a browser does not have. In parts, so that both entries throw errors
// of one class.
export default { ...packageConfig({ index: 'src/index.ts', node: 'src/node.ts' }), shims: false, splitting: true };
