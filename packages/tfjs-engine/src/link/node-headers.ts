import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { EngineError } from '../engine-error';

/**
 * The folder with node_api.h: beside the running Node.js, where npm's `nodedir` points, or in node-gyp's cache.
 *
 * @throws EngineError when there is none; the message tells how to get it
 */
export function findNodeHeaders(): string {
  const { version } = process;
  const places = [
    () => join(dirname(realpathSync(process.execPath)), '..'),
    npmNodedir,
    () => join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache', 'node-gyp', version.slice(1)),
  ];
  const tried: string[] = [];
  for (const place of places) {
    const root = place();
    if (root === undefined) continue;
    const headers = join(root, 'include/node');
    if (existsSync(join(headers, 'node_api.h'))) return headers;
    tried.push(headers);
  }
  throw new EngineError(
    `The C headers of Node.js ${version} were not found (looked for node_api.h in ${tried.join(', ')}). ` +
      'Get them with: npx node-gyp install',
  );
}

/** npm's setting for a Node.js of one's own. */
function npmNodedir(): string | undefined {
  const { status, stdout } = spawnSync('npm', ['config', 'get', 'nodedir'], { encoding: 'utf8' });
  const folder = stdout?.trim();
  return status === 0 && folder && folder !== 'undefined' && folder !== 'null' ? folder : undefined;
}
