// `pnpm test:browser`: the tests that run networks and draw in headless Chromium.
//
// The browser is the one that POSE_CHROMIUM names, or a Chromium or Chrome that is installed; where there is none and this
// is root on Debian or Ubuntu, Debian's package is installed. Where that cannot be done, one line says why, and no test runs.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from './run-command.mjs';

const JEST = createRequire(import.meta.url).resolve('jest/bin/jest');
/** Those with tests in a browser. */
const PACKAGES = ['pose-models', 'pose-viz', 'predictor'];
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const { browser, reason } = await provideBrowser();
if (reason) console.log(`Left out: the tests in a browser (${reason}).`);
else {
  for (const name of PACKAGES) {
    console.log(`\n@pose/${name} in ${browser}`);
    const { status } = spawnSync(process.execPath, [JEST, 'test/browser'], {
      cwd: join(root, 'packages', name),
      env: { ...process.env, POSE_CHROMIUM: browser },
      stdio: 'inherit',
    });
    if (status !== 0) process.exitCode = 1;
  }
}

/** Path of a browser, or the reason why there is none. */
async function provideBrowser() {
  const browser = process.env.POSE_CHROMIUM || findInPath(NAMES);
  if (browser) return { browser };
  if (process.getuid?.() !== 0 || !findInPath(['apt-get']))
    return { reason: `none of ${NAMES.join(', ')} is installed` };
  try {
    await runCommand('apt-get', ['update', '-qq'], root);
    await runCommand('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], root);
  } catch (error) {
    return { reason: error.message.trim().split('\n').at(-1) };
  }
  return { browser: findInPath(NAMES) };
}

function findInPath(names) {
  const candidates = names.flatMap((name) =>
    (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)),
  );
  return candidates.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
