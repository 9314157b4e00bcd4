import { join } from 'node:path';
import { EngineError } from '../engine-error';
import { addonPath, findNative, NATIVE_PACKAGES, type NativePackage } from '../native/find-native';
import { installWithoutScriptCommands } from '../native/missing-native';
import { compileAddon, findCompiler } from './compile-addon';
import { findLibtensorflow } from './libtensorflow';
import { readLink, type LinkRecord } from './link-record';
import { findNodeHeaders } from './node-headers';
import { findPythonTensorFlow } from './python-tensorflow';
import { runVerification } from './run-verification';
import { makeStage, removeStage, swapBack, swapIn } from './swap-addon';

export interface LinkOptions {
  /** Interpreter whose TensorFlow is taken; 'python3' where neither this nor `libtensorflow` is given. */
  python?: string;
  /** Folder of an unpacked libtensorflow. */
  libtensorflow?: string;
  /** The package to link; by default the first of NATIVE_PACKAGES that is installed. */
  package?: string;
}

export interface LinkResult extends LinkRecord {
  package: NativePackage;
  addon: string;
  device: 'cuda' | 'cpu';
}

/**
 * Builds the addon of tfjs-node or tfjs-node-gpu against a TensorFlow that is here, computes with it, and only then puts
 * it into its place; whatever fails before leaves the package as it was.
 *
 * @param tell  receives one line per step
 * @throws EngineError that says what is missing and how to get it, or why the build does not work
 */
export async function link(options: LinkOptions, tell: (line: string) => void): Promise<LinkResult> {
  if (process.platform === 'win32') {
    throw new EngineError('pose-engine link works on Linux and macOS; on Windows run it in WSL.');
  }
  if (options.python !== undefined && options.libtensorflow !== undefined) {
    throw new EngineError('Expected --python or --libtensorflow, found both.');
  }
  const { name, root } = installed(options.package);
  const tensorflow =
    options.libtensorflow === undefined
      ? findPythonTensorFlow(options.python ?? 'python3')
      : findLibtensorflow(options.libtensorflow);
  tell(`TensorFlow: ${tensorflow.libraries[0]}`);
  const compiler = findCompiler();
  const headers = findNodeHeaders();

  const stage = makeStage(root);
  try {
    const staged = join(stage, 'tfjs_binding.node');
    tell(`Compiling the addon of ${name} with ${compiler.join(' ')} (about ten seconds)`);
    compileAddon(root, headers, tensorflow, compiler, staged);
    tell('Loading it and computing a convolution');
    const { tensorflow: version, device } = await runVerification(root, staged);
    const record: LinkRecord = {
      tensorflow: version,
      library: tensorflow.libraries[0],
      option: tensorflow.option,
      value: tensorflow.value,
      compiler: compiler.join(' '),
      node: process.versions.node,
      linkedAt: new Date().toISOString(),
    };
    swapIn(root, stage, staged, record);
    return { package: name, addon: addonPath(root), device, ...record };
  } catch (error) {
    removeStage(stage);
    throw error;
  }
}

export interface UnlinkResult {
  package: NativePackage;
  /** Whether there was an addon before, which is in its place again. */
  restored: boolean;
}

/** Undoes `link`. @throws EngineError when nothing is linked */
export function unlink(options: { package?: string }): UnlinkResult {
  const candidates = options.package === undefined ? NATIVE_PACKAGES : [knownPackage(options.package)];
  for (const name of candidates) {
    const root = findNative(name)?.root;
    if (root !== undefined && readLink(root)) return { package: name, restored: swapBack(root) };
  }
  throw new EngineError(`Nothing is linked: no addon of ${candidates.join(' or ')} here was made by pose-engine link.`);
}

function installed(wanted: string | undefined): { name: NativePackage; root: string } {
  const candidates = wanted === undefined ? NATIVE_PACKAGES : [knownPackage(wanted)];
  for (const name of candidates) {
    const found = findNative(name);
    if (found) return { name, root: found.root };
  }
  const { npm, pnpm } = installWithoutScriptCommands(candidates[0]);
  throw new EngineError(
    `${candidates.join(' or ')} is not installed here. Install it without its download: \`${npm}\` (pnpm: \`${pnpm}\`).`,
  );
}

function knownPackage(name: string): NativePackage {
  const known = NATIVE_PACKAGES.find((one) => one === name);
  if (known) return known;
  throw new EngineError(`Unknown package '${name}': expected ${NATIVE_PACKAGES.join(' or ')}.`);
}
