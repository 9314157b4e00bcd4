import { Option } from 'commander';
import { COMPILE_MODES, type CompileMode } from '@pose/trainer';

export interface CompileOptions {
  compile: CompileMode;
}

export const compileOption = (): Option =>
  new Option('--compile <mode>', 'run each batch as one graph; auto: where that is faster than op by op')
    .choices(COMPILE_MODES)
    .default('auto');
