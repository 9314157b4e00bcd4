import { packageConfig } from '../../tsup.preset';

export default packageConfig({ index: 'src/index.ts' }, ['onnxruntime-node']);
