import type { LinkRecord } from '../link/link-record';
import type { NativePackage } from './find-native';
import type { MissingNative } from './load-native';

/** The release of tfjs-node and tfjs-node-gpu that this package is written for. */
const NATIVE_VERSION = '4.22.0';

export interface Commands {
  npm: string;
  pnpm: string;
}

/** pnpm 10 runs a package's install script only where it is told so. */
export function installCommands(name: NativePackage): Commands {
  const release = `${name}@${NATIVE_VERSION}`;
  return { npm: `npm install ${release}`, pnpm: `pnpm add --allow-build=${name} ${release}` };
}

/** Installs the JavaScript and the C++ sources alone; an optional package whose install script fails is left out. */
export function installWithoutScriptCommands(name: NativePackage): Commands {
  const release = `${name}@${NATIVE_VERSION}`;
  return { npm: `npm install --ignore-scripts ${release}`, pnpm: `pnpm add --ignore-scripts ${release}` };
}

/** Builds the addon against a TensorFlow that pip installs; the one for GPUs brings the CUDA libraries that it needs. */
export function linkCommands(device: 'cuda' | 'cpu'): Commands {
  const install = `python3 -m pip install ${device === 'cuda' ? `'tensorflow[and-cuda]'` : 'tensorflow-cpu'}`;
  return {
    npm: `${install} && npx pose-engine link --python python3`,
    pnpm: `${install} && pnpm exec pose-engine link --python python3`,
  };
}

/** Builds it again as it was built last. */
export function relinkCommands({ option, value }: LinkRecord): Commands {
  const link = `pose-engine link ${option} ${/^[\w./-]+$/.test(value) ? value : `'${value}'`}`;
  return { npm: `npx ${link}`, pnpm: `pnpm exec ${link}` };
}

/**
 * Runs this package's install script, which downloads the native part, once more. Without the setting, pnpm runs no
 * script that the project did not allow, and does not say so.
 */
export function rebuildCommands(name: NativePackage): Commands {
  return { npm: `npm rebuild ${name}`, pnpm: `pnpm -r --config.dangerously-allow-all-builds=true rebuild ${name}` };
}

export function describeMissing(name: NativePackage, missing: MissingNative): string {
  switch (missing.state) {
    case 'absent':
      return `${name} is not installed`;
    case 'incomplete':
      return `${name} is installed, but its native part is missing`;
    case 'broken':
      return `${name} is installed, but does not load (${missing.reason})${linkedTo(missing.link)}`;
  }
}

function linkedTo(link: LinkRecord | undefined): string {
  return link ? `; it was linked to TensorFlow ${link.tensorflow} at ${link.library}` : '';
}

/** The command that most likely gets the package to work. */
export function remedy(name: NativePackage, missing: MissingNative): Commands {
  if (missing.state === 'broken' && missing.link) return relinkCommands(missing.link);
  return missing.state === 'absent' ? installCommands(name) : rebuildCommands(name);
}
