import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { platform } from 'node:os';

/** Instruction sets that kernels of float32 arithmetic are written for, by their names in /proc/cpuinfo. */
const X86_FEATURES = [
  'avx',
  'avx2',
  'fma',
  'f16c',
  'avx_vnni',
  'avx512f',
  'avx512_vnni',
  'avx512_bf16',
  'avx512_fp16',
  'amx_tile',
  'amx_bf16',
  'amx_int8',
];

/** The same under the names of `sysctl hw.optional`, with those of Apple's own processors. */
const MACOS_FEATURES: Record<string, string> = {
  'hw.optional.avx1_0': 'avx',
  'hw.optional.avx2_0': 'avx2',
  'hw.optional.fma': 'fma',
  'hw.optional.f16c': 'f16c',
  'hw.optional.avx512f': 'avx512f',
  'hw.optional.neon': 'neon',
  'hw.optional.arm.FEAT_DotProd': 'dotprod',
  'hw.optional.arm.FEAT_FP16': 'fp16',
  'hw.optional.arm.FEAT_BF16': 'bf16',
  'hw.optional.arm.FEAT_I8MM': 'i8mm',
  'hw.optional.arm.FEAT_SME': 'sme',
};

/** Instruction sets of this machine's CPU, such as avx2, fma, avx512f; empty where the system does not tell. */
export function cpuFeatures(): string[] {
  try {
    if (platform() === 'linux') return parseCpuinfo(readFileSync('/proc/cpuinfo', 'utf8'));
    if (platform() === 'darwin') {
      return parseSysctl(execFileSync('sysctl', ['hw.optional'], { encoding: 'utf8', timeout: 5_000 }));
    }
  } catch {
    // A system that does not tell: no reason to start no engine.
  }
  return [];
}

/** @param text  /proc/cpuinfo of an x86 machine; that of others has no `flags` */
export function parseCpuinfo(text: string): string[] {
  const flags = new Set(/^flags\s*:(.*)$/m.exec(text)?.[1].trim().split(/\s+/));
  return X86_FEATURES.filter((feature) => flags.has(feature));
}

/** @param text  what `sysctl hw.optional` prints: lines such as `hw.optional.avx2_0: 1` */
export function parseSysctl(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const match = /^(\S+): 1\s*$/.exec(line);
    return match && Object.hasOwn(MACOS_FEATURES, match[1]) ? [MACOS_FEATURES[match[1]]] : [];
  });
}
