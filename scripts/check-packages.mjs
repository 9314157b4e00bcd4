/**
 * Checks the packages as they would be published. For each of packages/*, or for those named:
 *
 *   pnpm check:packages
 *   pnpm check:packages heatmap-targets trainer
 *
 * 1. it is packed (by pnpm, which puts versions in the place of `workspace:`);
 * 2. publint and are-the-types-wrong find nothing in the tarball;
 * 3. the tarball is installed by npm in an empty folder, with the tarballs of the @pose packages that it depends on and
 *    no others; npm adds its peers. No install script runs;
 * 4. scripts/smoke/<package>.mjs runs there as ESM and as CommonJS, and type-checks as TypeScript of both kinds; both
 *    builds export the same names; its commands answer to --help.
 */
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from './run-command.mjs';
import { smokeTest } from './smoke-test.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const isPublished = async (name) =>
  !JSON.parse(await readFile(join(root, 'packages', name, 'package.json'), 'utf8')).private;
const folders = (await readdir(join(root, 'packages'))).sort();
const published = await Promise.all(folders.map(isPublished));
const all = folders.filter((_, i) => published[i]);
const names = process.argv.length > 2 ? process.argv.slice(2) : all;
const unknown = names.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`error: no such package: ${unknown.join(', ')}. There are ${all.join(', ')}.`);
  process.exit(1);
}

const folder = await mkdtemp(join(tmpdir(), 'pose-packages-'));
const started = Date.now();
const tarballs = new Map();
const waiting = [...names];
const failed = [];
const lane = async () => {
  for (let name = waiting.shift(); name; name = waiting.shift()) {
    const start = Date.now();
    try {
      await check(name);
      console.log(`${name.padEnd(18)} ok       ${seconds(start)}`);
    } catch (error) {
      failed.push(name);
      console.log(`${name.padEnd(18)} FAILED   ${seconds(start)}\n${indent(error.message)}`);
    }
  }
};
await Promise.all(Array.from({ length: Math.min(2, cpus().length) }, lane));
await rm(folder, { recursive: true, force: true });
console.log(`${names.length - failed.length} of ${names.length} packages install alone and work, ${seconds(started)}`);
process.exitCode = failed.length > 0 ? 1 : 0;

/** A package's tarball, made when it is first asked for. */
function tarballOf(name) {
  if (!tarballs.has(name)) tarballs.set(name, pack(name));
  return tarballs.get(name);
}

async function pack(name) {
  const output = await runCommand(
    'pnpm',
    ['pack', '--json', '--pack-destination', folder],
    join(root, 'packages', name),
  );
  return JSON.parse(output).filename;
}

async function check(name) {
  const tarball = await tarballOf(name);
  const manifest = JSON.parse(await readFile(join(root, 'packages', name, 'package.json'), 'utf8'));
  const bin = (program) => join(root, 'node_modules', '.bin', program);
  await runCommand(bin('publint'), ['run', tarball, '--strict'], root);
  await runCommand(bin('attw'), [tarball, '--format', 'ascii', '--no-color', '--no-emoji'], root);

  const empty = join(folder, name);
  await mkdir(empty);
  const ours = all.filter((other) => manifest.dependencies?.[`@pose/${other}`]);
  const needed = await Promise.all(ours.map(tarballOf));
  await smokeTest({ root, name, folder: empty, manifest, tarballs: [tarball, ...needed] });
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

function indent(text) {
  return text.replace(/^/gm, '    ');
}
