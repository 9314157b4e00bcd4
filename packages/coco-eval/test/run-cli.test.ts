import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from '../package.json';
import { evaluateBoxes, evaluateKeypoints, summaryTable } from '../src/index';
import { runCli } from '../src/command/run-cli';
import { evaluationCases } from './golden';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coco-eval-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function run(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const status = await runCli(args, {
    stdout: { write: (text) => (written.out += text) },
    stderr: { write: (text) => (written.err += text) },
  });
  return { status, ...written };
}

const cases = evaluationCases('keypoints');
const [perfect] = cases.filter(({ name }) => name.includes('perfect-single'));

test('coco-eval gt.json dt.json prints the table', async () => {
  const result = await run(file('gt.json', perfect.gt), file('dt.json', perfect.dt));
  expect(result).toEqual({ status: 0, out: `${summaryTable(evaluateKeypoints(perfect.gt, perfect.dt))}\n`, err: '' });
});

test('coco-eval --json prints one object with the names of pycocotools, in its order', async () => {
  const { status, out } = await run('--json', file('gt.json', perfect.gt), file('dt.json', perfect.dt));
  expect(status).toBe(0);
  expect(JSON.parse(out)).toEqual(perfect.expected?.stats);
  expect(Object.keys(JSON.parse(out) as object).join(' ')).toBe('AP AP50 AP75 APM APL AR AR50 AR75 ARM ARL');
});

test('coco-eval --type bbox evaluates boxes', async () => {
  const [boxes] = evaluationCases('bbox').filter(({ name }) => name.includes('basic'));
  const files = [file('gt.json', boxes.gt), file('dt.json', boxes.dt)];
  const { out } = await run(...files, '--type', 'bbox');
  expect(out).toBe(`${summaryTable(evaluateBoxes(boxes.gt, boxes.dt))}\n`);
  expect(out.split('\n')[8]).toBe(' Average Recall     (AR) @[ IoU=0.50:0.95 | area=   all | maxDets=100 ] = 0.500');
  expect(JSON.parse((await run(...files, '--type=bbox', '--json')).out)).toEqual(boxes.expected?.stats);
});

test('coco-eval --sigmas evaluates other skeletons', async () => {
  const [other] = cases.filter(({ params, expected }) => expected && params.sigmas?.length === 1);
  const files = [file('gt.json', other.gt), file('dt.json', other.dt)];
  const { out } = await run(...files, '--json', '--sigmas', String(other.params.sigmas));
  expect(JSON.parse(out)).toEqual(other.expected?.stats);
  expect(await run(...files, '--json')).toMatchObject({
    status: 1,
    err: expect.stringContaining('keypoints: expected 51 numbers'),
  });
});

test('coco-eval --help and --version', async () => {
  expect(await run('--help')).toMatchObject({
    status: 0,
    out: expect.stringMatching(/^Usage: coco-eval <gt.json> <dt.json>/),
  });
  expect(await run('--version')).toEqual({ status: 0, out: `${version}\n`, err: '' });
});

test.each([
  ['no file', [], /expected two files, <gt\.json> <dt\.json>, found 0/],
  ['three files', ['a', 'b', 'c'], /found 3/],
  ['an unknown option', ['--frobnicate'], /frobnicate/],
  [
    'sigmas that are none',
    ['a', 'b', '--sigmas', '0.1,x'],
    /--sigmas: expected a number above 0 in place 2, found "x"/,
  ],
  ['a type that is none', ['a', 'b', '--type', 'segm'], /--type: expected keypoints or bbox, found "segm"/],
  ['boxes with sigmas', ['a', 'b', '--type', 'bbox', '--sigmas', '0.1'], /--sigmas: boxes have none/],
  ['an empty sigma', ['a', 'b', '--sigmas', '0.1,'], /--sigmas: expected a number above 0 in place 2, found ""/],
])('coco-eval with %s: one line, status 2', async (_, args, message) => {
  const { status, out, err } = await run(...args);
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(err).toMatch(message);
  expect(err).toMatch(/^coco-eval: [^\n]*\n$/);
});

test.each<[string, unknown, unknown, RegExp]>([
  [
    'ground truth not JSON',
    '{"images": [}',
    [],
    /bad-gt\.json: not JSON: expected a value or the end of the list, found } at position 12 \(line 1, column 13\)/,
  ],
  [
    'detections not JSON',
    perfect.gt,
    '[\n  {"score": NaN}]',
    /bad-dt\.json: not JSON: expected a value, found NaN at position 14 \(line 2, column 13\)/,
  ],
  ['an empty file', perfect.gt, '', /bad-dt\.json: not JSON: expected a value, found the end of the file/],
  ['a control character in a string', perfect.gt, '["a\nb"]', /bad-dt\.json: not JSON: /],
  ['ground truth not COCO', { images: [] }, perfect.dt, /bad-gt\.json: annotations: expected a list, found nothing/],
  [
    'an unknown image',
    perfect.gt,
    [...perfect.dt, { ...perfect.dt[0], image_id: 99 }],
    /bad-dt\.json: \[1\]\.image_id: .* found 99/,
  ],
  ['an empty list', perfect.gt, [], /bad-dt\.json: the detections: expected at least one result, found an empty list/],
])('coco-eval with %s: one line that names the file, status 1', async (_, gt, dt, message) => {
  const { status, out, err } = await run(file('bad-gt.json', gt), file('bad-dt.json', dt));
  expect({ status, out }).toEqual({ status: 1, out: '' });
  expect(err).toMatch(message);
  expect(err).toMatch(/^coco-eval: [^\n]*\n$/);
});

test('coco-eval with a file that is not there: one line, status 1', async () => {
  const { status, err } = await run(join(folder, 'none.json'), file('dt.json', perfect.dt));
  expect(status).toBe(1);
  expect(err).toMatch(/^coco-eval: .*none\.json: cannot be read: ENOENT[^\n]*\n$/);
});

test('coco-eval --plots writes the pictures and names them, for keypoints and for boxes', async () => {
  const files = [file('gt.json', perfect.gt), file('dt.json', perfect.dt)];
  const plots = join(folder, 'plots');
  const { status, out, err } = await run(...files, '--plots', plots);
  expect({ status, out }).toEqual({ status: 0, out: (await run(...files)).out });
  const names = err.trim().split('\n');
  expect(names).toContain(join(plots, 'precision-recall.png'));
  expect(names.length).toBeGreaterThan(3);
  for (const name of names) expect(readFileSync(name).subarray(1, 4).toString()).toBe('PNG');
  const boxes = await run(...files, '--type', 'bbox', '--plots', join(folder, 'boxes'));
  expect(boxes).toMatchObject({ status: 0, err: `${join(folder, 'boxes', 'precision-recall.png')}\n` });
  const blocked = file('blocked', '');
  expect(await run(...files, '--plots', blocked)).toMatchObject({
    status: 1,
    err: expect.stringMatching(/^coco-eval: --plots: .*blocked: [^\n]*\n$/),
  });
});
