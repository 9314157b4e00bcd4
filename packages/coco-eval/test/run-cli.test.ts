import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from '../package.json';
import { summaryTable, evaluateKeypoints } from '../src/index';
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

function run(...args: string[]): { status: number; out: string; err: string } {
  const written = { out: '', err: '' };
  const status = runCli(args, {
    stdout: { write: (text) => (written.out += text) },
    stderr: { write: (text) => (written.err += text) },
  });
  return { status, ...written };
}

const cases = evaluationCases('keypoints');
const [perfect] = cases.filter(({ name }) => name.includes('perfect-single'));

test('coco-eval gt.json dt.json prints the table', () => {
  const result = run(file('gt.json', perfect.gt), file('dt.json', perfect.dt));
  expect(result).toEqual({ status: 0, out: `${summaryTable(evaluateKeypoints(perfect.gt, perfect.dt))}\n`, err: '' });
});

test('coco-eval --json prints one object with the names of pycocotools, in its order', () => {
  const { status, out } = run('--json', file('gt.json', perfect.gt), file('dt.json', perfect.dt));
  expect(status).toBe(0);
  expect(JSON.parse(out)).toEqual(perfect.expected?.stats);
  expect(Object.keys(JSON.parse(out) as object).join(' ')).toBe('AP AP50 AP75 APM APL AR AR50 AR75 ARM ARL');
});

test('coco-eval --sigmas evaluates other skeletons', () => {
  const [other] = cases.filter(({ params, expected }) => expected && params.sigmas?.length === 1);
  const files = [file('gt.json', other.gt), file('dt.json', other.dt)];
  const { out } = run(...files, '--json', '--sigmas', String(other.params.sigmas));
  expect(JSON.parse(out)).toEqual(other.expected?.stats);
  expect(run(...files, '--json')).toMatchObject({
    status: 1,
    err: expect.stringContaining('keypoints: expected 51 numbers'),
  });
});

test('coco-eval --help and --version', () => {
  expect(run('--help')).toMatchObject({
    status: 0,
    out: expect.stringMatching(/^Usage: coco-eval <gt.json> <dt.json>/),
  });
  expect(run('--version')).toEqual({ status: 0, out: `${version}\n`, err: '' });
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
  ['an empty sigma', ['a', 'b', '--sigmas', '0.1,'], /--sigmas: expected a number above 0 in place 2, found ""/],
])('coco-eval with %s: one line, status 2', (_, args, message) => {
  const { status, out, err } = run(...args);
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
  ['a control character in a string', perfect.gt, '["a\nb"]', /bad-dt\.json: not JSON: /],
  ['ground truth not COCO', { images: [] }, perfect.dt, /bad-gt\.json: annotations: expected a list, found nothing/],
  [
    'an unknown image',
    perfect.gt,
    [...perfect.dt, { ...perfect.dt[0], image_id: 99 }],
    /bad-dt\.json: \[1\]\.image_id: .* found 99/,
  ],
  ['an empty list', perfect.gt, [], /bad-dt\.json: the detections: expected at least one result, found an empty list/],
])('coco-eval with %s: one line that names the file, status 1', (_, gt, dt, message) => {
  const { status, out, err } = run(file('bad-gt.json', gt), file('bad-dt.json', dt));
  expect({ status, out }).toEqual({ status: 1, out: '' });
  expect(err).toMatch(message);
  expect(err).toMatch(/^coco-eval: [^\n]*\n$/);
});

test('coco-eval with a file that is not there: one line, status 1', () => {
  const { status, err } = run(join(folder, 'none.json'), file('dt.json', perfect.dt));
  expect(status).toBe(1);
  expect(err).toMatch(/^coco-eval: .*none\.json: cannot be read: ENOENT[^\n]*\n$/);
});
