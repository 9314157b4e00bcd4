import { spawn } from 'node:child_process';

/**
 * Runs a program to its end, with nothing on stdin.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {string} cwd
 * @returns {Promise<string>} what it wrote to stdout
 * @throws {Error} with everything that it wrote when it fails
 */
export function runCommand(program, args, cwd) {
  return new Promise((resolve, reject) => {
    // On Windows npm and the programs in node_modules/.bin are .cmd files, which only a shell starts.
    const shell = process.platform === 'win32' && program !== process.execPath;
    const child = spawn(program, args, { cwd, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let all = '';
    child.stdout.on('data', (text) => {
      stdout += text;
      all += text;
    });
    child.stderr.on('data', (text) => (all += text));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`${program} ${args.join(' ')}\nended with ${signal ?? code}\n${all.trimEnd()}`));
    });
  });
}
