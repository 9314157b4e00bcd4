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
      return `${name} is installed, but does not load (${missing.reason})`;
  }
}

/** The command that most likely gets the package to work. */
export function remedy(name: NativePackage, missing: MissingNative): Commands {
  return missing.state === 'absent' ? installCommands(name) : rebuildCommands(name);
}
