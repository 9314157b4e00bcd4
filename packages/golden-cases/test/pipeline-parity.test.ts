import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { goldenFolder, pipelineParity, type Nested } from '../src';

const given = process.env.POSE_GOLDEN;
delete process.env.POSE_GOLDEN;
afterAll(() => {
  if (given !== undefined) process.env.POSE_GOLDEN = given;
});

const parity = pipelineParity(join(__dirname, 'fixtures'));
const seen: number[][] = [];

parity<number[], Nested>('doubled', ({ inputs, expected, check }) => {
  seen.push(inputs);
  const doubled = inputs.map((value) => 2 * value);
  check('exact', doubled, expected);
  const off = doubled.map((value) => value + 0.4);
  check('loose', off, expected);
  expect(() => check('exact', off, expected)).toThrow('exact[0]: expected');
});

test('each case of the kind was run, and no other', () => expect(seen).toEqual([[1, 2], [-3]]));

test('a folder that is missing or without cases is an error', () => {
  const folder = mkdtempSync(join(tmpdir(), 'golden-cases-'));
  writeFileSync(join(folder, 'notes.json'), '{}');
  expect(() => pipelineParity(folder)).toThrow(`${folder}: expected JSON files with a list 'cases', found none.`);
  rmSync(folder, { recursive: true });
  expect(() => pipelineParity(folder)).toThrow('ENOENT');
});

test('goldenFolder(family, fixtures) is the family’s folder in POSE_GOLDEN, else the fixtures', () => {
  expect(goldenFolder('models', '/own')).toBe('/own');
  process.env.POSE_GOLDEN = '/given';
  expect(goldenFolder('models', '/own')).toBe(join('/given', 'models'));
  delete process.env.POSE_GOLDEN;
});
