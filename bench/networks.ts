import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Options } from './options';

/** Runs `pose-engine bench` with its tables on our stdout. */
export async function printNetworks(options: Options): Promise<void> {
  await poseEngineBench(options, [], 'inherit');
}

/** Runs `pose-engine bench --json`. */
export async function measureNetworks(options: Options): Promise<unknown> {
  return JSON.parse(await poseEngineBench(options, ['--json'], 'pipe'));
}

/** In this folder, whose package.json has the packages that the command looks for. Its progress goes to our stderr. */
function poseEngineBench(options: Options, more: string[], stdout: 'inherit' | 'pipe'): Promise<string> {
  const { input, batch, seconds, engines, models } = options;
  const manifest = createRequire(import.meta.url).resolve('@pose/tfjs-engine/package.json');
  const { bin } = createRequire(import.meta.url)(manifest) as { bin: { 'pose-engine': string } };
  const args = ['bench', '--input', input.join('x'), '--batch', `${batch}`, '--seconds', `${seconds}`, ...more];
  if (engines) args.push('--engines', engines);
  if (models) args.push('--models', models);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(dirname(manifest), bin['pose-engine']), ...args], {
      cwd: dirname(fileURLToPath(import.meta.url)),
      stdio: ['ignore', stdout, 'inherit'],
    });
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (part: string) => (text += part));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(text);
      else reject(new Error(`pose-engine bench ended with ${signal ?? code}`));
    });
  });
}
