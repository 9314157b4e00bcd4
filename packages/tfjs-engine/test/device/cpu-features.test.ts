import { readFileSync } from 'node:fs';
import { cpuFeatures, parseCpuinfo, parseSysctl } from '../../src/device/cpu-features';

test('parseCpuinfo finds the instruction sets that matter among the flags, whole words only', () => {
  const cpuinfo = (flags: string) =>
    `processor\t: 0\nmodel name\t: A CPU\nflags\t\t: ${flags}\nbugs\t\t: spectre_v1\n\n`;
  expect(parseCpuinfo(cpuinfo('fpu sse sse2 avx f16c fma avx2 avx512f avx512_bf16 amx_bf16 amx_tile'))).toEqual([
    'avx',
    'avx2',
    'fma',
    'f16c',
    'avx512f',
    'avx512_bf16',
    'amx_tile',
    'amx_bf16',
  ]);
  expect(parseCpuinfo(cpuinfo('fma4 avx512fp avx2x'))).toEqual([]);
});

test('parseCpuinfo finds nothing where there are no flags', () => {
  expect(parseCpuinfo('')).toEqual([]);
  expect(parseCpuinfo('processor : 0\nFeatures : fp asimd evtstrm aes avx2\n')).toEqual([]);
});

test('parseSysctl takes what is 1, on Intel and on Apple processors', () => {
  expect(
    parseSysctl('hw.optional.fma: 1\nhw.optional.avx2_0: 1\nhw.optional.avx512f: 0\nhw.optional.mmx: 1\n'),
  ).toEqual(['fma', 'avx2']);
  expect(parseSysctl('hw.optional.neon: 1\nhw.optional.arm.FEAT_BF16: 1\nhw.optional.arm.FEAT_SME: 0\n')).toEqual([
    'neon',
    'bf16',
  ]);
});

test('cpuFeatures reads this machine', () => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return;
  expect(cpuFeatures()).toEqual(parseCpuinfo(readFileSync('/proc/cpuinfo', 'utf8')));
});
