import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readLink, type LinkRecord } from '../../src/link/link-record';
import { makeStage, removeStage, swapBack, swapIn } from '../../src/link/swap-addon';
import { addonPath } from '../../src/native/find-native';

const record = (tensorflow: string): LinkRecord => ({
  tensorflow,
  library: '/wheel/libtensorflow_cc.so.2',
  option: '--python',
  value: '/venv/bin/python',
  compiler: 'g++',
  node: '20.0.0',
  linkedAt: '2026-01-01T00:00:00.000Z',
});

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'swap-addon-'))));
afterEach(() => rmSync(root, { recursive: true }));

const folder = () => join(root, 'pose-link');
const addon = () => readFileSync(addonPath(root), 'utf8');

function download(content: string): void {
  mkdirSync(dirname(addonPath(root)), { recursive: true });
  writeFileSync(addonPath(root), content);
}

function stage(content: string): [stage: string, addon: string] {
  const made = makeStage(root);
  writeFileSync(join(made, 'tfjs_binding.node'), content);
  return [made, join(made, 'tfjs_binding.node')];
}

test('where there was no addon, swapBack leaves none', () => {
  swapIn(root, ...stage('new'), record('2.21.0'));
  expect([addon(), readLink(root)]).toEqual(['new', record('2.21.0')]);
  expect(swapBack(root)).toBe(false);
  expect([existsSync(addonPath(root)), existsSync(folder()), readLink(root)]).toEqual([false, false, undefined]);
});

test('swapBack restores the addon from before the first of several links', () => {
  download('downloaded');
  swapIn(root, ...stage('first'), record('2.20.0'));
  swapIn(root, ...stage('second'), record('2.21.0'));
  expect([addon(), readLink(root)?.tensorflow]).toEqual(['second', '2.21.0']);
  expect(readdirSync(folder())).toHaveLength(2); // one record, the original
  expect(swapBack(root)).toBe(true);
  expect([addon(), existsSync(folder())]).toEqual(['downloaded', false]);
});

test('linked to the same again, the record is the new one and the original remains', () => {
  download('downloaded');
  swapIn(root, ...stage('same'), record('2.20.0'));
  swapIn(root, ...stage('same'), record('2.21.0'));
  expect(readLink(root)?.tensorflow).toBe('2.21.0');
  swapBack(root);
  expect(addon()).toBe('downloaded');
});

test('an addon that was downloaded over a linked one is not linked, and is what the next swapBack restores', () => {
  download('old');
  swapIn(root, ...stage('linked'), record('2.20.0'));
  download('downloaded anew');
  expect(readLink(root)).toBeUndefined();
  swapIn(root, ...stage('linked again'), record('2.21.0'));
  swapBack(root);
  expect(addon()).toBe('downloaded anew');
});

test('an addon that was removed after a link is not restored by a later swapBack', () => {
  download('old');
  swapIn(root, ...stage('linked'), record('2.20.0'));
  rmSync(addonPath(root));
  swapIn(root, ...stage('linked again'), record('2.21.0'));
  expect(swapBack(root)).toBe(false);
});

test('a link that breaks off before its last rename leaves the linked addon, its record and its original', () => {
  download('downloaded');
  swapIn(root, ...stage('linked'), record('2.20.0'));
  const [left] = stage('half');
  // What a process killed between record and addon leaves: the record of an addon that never came into place.
  writeFileSync(join(folder(), `${'0'.repeat(64)}.json`), JSON.stringify(record('2.21.0')));
  expect([addon(), readLink(root)?.tensorflow]).toEqual(['linked', '2.20.0']);

  swapIn(root, ...stage('third'), record('2.22.0'));
  expect([readLink(root)?.tensorflow, existsSync(left)]).toEqual(['2.22.0', false]);
  expect(readdirSync(folder())).toHaveLength(2);
  swapBack(root);
  expect(addon()).toBe('downloaded');
});

test('removeStage leaves nothing behind, and what others have put there alone', () => {
  removeStage(makeStage(root));
  expect(existsSync(folder())).toBe(false);
  swapIn(root, ...stage('linked'), record('2.21.0'));
  removeStage(makeStage(root));
  expect(readLink(root)?.tensorflow).toBe('2.21.0');
});
