import { cpSync, existsSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { makeProject } from './project';

export const GPU = '@tensorflow/tfjs-node-gpu';
const INSTALLED = resolve(__dirname, '../../node_modules', GPU);

/** pnpm leaves the optional package out on systems that it does not fit. */
export const isInstalled = existsSync(INSTALLED);

/** A project with this package and a copy of the real tfjs-node-gpu, as it is before its install script ran. */
export function makeNativeProject(): { root: string; native: string } {
  const root = makeProject();
  const source = realpathSync(INSTALLED);
  const native = join(root, 'node_modules', GPU);
  const generated = ['deps', 'lib', 'pose-link', 'node_modules'].map((name) => join(source, name));
  cpSync(source, native, { recursive: true, filter: (path) => !generated.includes(path) });
  linkDependencies(dirname(dirname(source)), join(root, 'node_modules'));
  return { root, native };
}

/** Links what the package finds beside itself; a scope's folder is a folder here too. */
function linkDependencies(from: string, to: string): void {
  for (const name of readdirSync(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    if (basename(source).startsWith('@')) {
      mkdirSync(target, { recursive: true });
      linkDependencies(source, target);
    } else if (!existsSync(target)) {
      symlinkSync(realpathSync(source), target);
    }
  }
}
