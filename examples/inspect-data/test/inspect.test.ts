import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeSyntheticCoco } from '@pose/synthetic-coco';

const EXAMPLE = resolve(__dirname, '..');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inspect-data-'));
  await makeSyntheticCoco({ out: join(folder, 'data'), seed: 2, train: 4, val: 1 });
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

function inspect(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const command = ['--import', 'tsx', 'inspect.ts', ...args];
  return new Promise((done) => {
    execFile(process.execPath, command, { cwd: EXAMPLE }, (error, stdout, stderr) =>
      done({ code: error ? Number(error.code ?? -1) : 0, stdout, stderr }),
    );
  });
}

/** Width and height that a PNG file declares. */
async function pngSize(file: string): Promise<[number, number]> {
  const bytes = await readFile(file);
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

test.each([
  [['--encoding', 'simcc', '--photometric', '--cutout', '2', '--half-body', '0.5'], /^person-\d+\.png$/, 1],
  [['--no-augment', '--encoding', 'udp', '--udp', '--rectify', '0.1'], /^person-\d+\.png$/, 1],
  [['--mode', 'bottom-up', '--input', '184x184'], /^image-\d+\.png$/, 2],
])(
  'inspect-data %j draws a picture per sample, and a page of all',
  async (args, name, rows) => {
    const out = join(folder, `out-${args.join('')}`);
    const { code, stdout, stderr } = await inspect(
      '--data',
      join(folder, 'data'),
      '--count',
      '2',
      '--out',
      out,
      ...args,
    );
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: `2 samples: ${join(out, 'index.html')}\n`,
      stderr: expect.stringContaining('draw 2/2'),
    });
    const files = await readdir(out);
    const pictures = files.filter((file) => name.test(file));
    expect(pictures).toHaveLength(2);
    expect(files).toHaveLength(3);
    const page = await readFile(join(out, 'index.html'), 'utf8');
    for (const picture of pictures) {
      expect(page).toContain(picture);
      const [width, height] = await pngSize(join(out, picture));
      expect(width).toBeGreaterThan(900);
      expect(height).toBeGreaterThan(512 * rows);
    }
    expect(page).toContain('drawn');
  },
  60_000,
);

test('inspect-data skips an image that is broken, and says so', async () => {
  const images = join(folder, 'data', 'val2017');
  const [image] = await readdir(images);
  const whole = await readFile(join(images, image));
  await writeFile(join(images, image), whole.subarray(0, 500));
  const out = join(folder, 'broken');
  const { code, stderr } = await inspect('--data', join(folder, 'data'), '--split', 'val2017', '--out', out);
  await writeFile(join(images, image), whole);
  expect(stderr).toContain(`Skipped: ${join(images, image)}: expected a whole image`);
  expect(code).toBe(1); // the only image of the split
}, 60_000);

test.each([
  [[], 'give one of --data <root>, --annotations <file>, --synthetic'],
  [['--synthetic', '--skeleton', 'cat'], 'Expected one of coco, crowdpose, '],
  [['--annotations', 'a.json'], '--annotations needs --images <folder>'],
  [['--data', 'nowhere'], 'DatasetError: split "train2017": expected an annotation file at '],
])(
  'inspect-data %j is refused',
  async (args, message) => {
    const { code, stdout, stderr } = await inspect(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
  },
  60_000,
);
