import { packageConfig } from '../../tsup.preset';

export default packageConfig({
  'kernel-helper': 'src/wasm/parallel/kernel-helper.ts',
  index: 'src/index.ts',
  cli: 'src/cli.ts',
  probe: 'src/doctor/probe.ts',
  'bench-child': 'src/bench/bench-child.ts',
  'verify-addon': 'src/link/verify-addon.ts',
});
