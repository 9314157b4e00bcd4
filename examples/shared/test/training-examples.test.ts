import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runExample } from './run-example';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'examples-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Few images, one epoch. Slim networks and small inputs come with each example. */
const TINY = ['--synthetic', '--synthetic-train', '4', '--synthetic-val', '2', '--epochs', '1', '--batch', '4'];
const SLIM_RESNET = ['--backbone', 'resnet18', '--width', '8', '--deconv', '8', '--input', '64x64'];
const SLIM_OPENPOSE = ['--width', '4', '--stages', '2', '--square-edge', '64', '--scale-range', '0.25,0.3'];

const SLIM_STN = ['--network', 'stn_deeplab_resnet18', '--width', '8', '--input', '48x32'];
const SLIM_DEEPLAB = ['--network', 'deeplab_resnet18', '--width', '8', '--input', '48x32'];

test.each([
  ['train-simplebaseline', [...SLIM_RESNET, '--ohkm', '8']],
  [
    'train-simplebaseline',
    [...SLIM_RESNET, '--recipe', 'gluoncv', '--ema', '0.1', '--clip', '1', '--stride-apply', '2'],
  ],
  ['train-simplebaseline', [...SLIM_RESNET, '--recipe', 'paddle', '--small-loss', '0.2', '--tensorboard']],
  ['train-hourglass', ['--network', 'hourglass_2stack', '--width', '8', '--input', '128x64']],
  ['train-lite-hrnet', ['--network', 'naive_litehrnet_18', '--width', '8', '--input', '64x64']],
  [
    'train-openpose',
    [...SLIM_OPENPOSE, '--epochs', '2', '--freeze-base', '1', '--pre-n-images', '2', '--duplicate-data', '2'],
  ],
  [
    'train-deeplab-pose',
    [
      ...SLIM_STN,
      '--epochs',
      '2',
      '--transformer-from',
      '1',
      '--no-ada-batch',
      '--no-rectify',
      '--small-loss',
      '0.2',
      '--labelled-weights',
    ],
  ],
])(
  '%s trains on synthetic people, evaluates and reports: %j',
  async (example, args) => {
    const out = join(folder, `${example}${args.join('')}`.replaceAll(/[^\w.-]/g, ''));
    const { code, stdout, stderr } = await runExample(`${example}/train.ts`, [...TINY, ...args, '--out', out]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/epoch (\d)\/\1/) });
    expect(stdout).toContain(`report: ${join(out, 'report.html')}`);
    const files = await readdir(out);
    expect(files).toEqual(
      expect.arrayContaining(['checkpoints', 'config.json', 'log.jsonl', 'loss.png', 'metrics.csv', 'report.html']),
    );
    const log = (await readFile(join(out, 'log.jsonl'), 'utf8')).trim().split('\n');
    const events = log.map((line) => JSON.parse(line) as { event: string; loss?: number });
    expect(events.at(-1)?.event).toBe('evaluation');
    for (const { event, loss } of events) if (event !== 'evaluation') expect(loss).toBeGreaterThan(0);
  },
  120_000,
);

test('train-deeplab-pose puts off people who stay hard, and draws the difficulty in its report', async () => {
  const out = join(folder, 'ada-batch');
  const args = [...TINY, ...SLIM_DEEPLAB, '--epochs', '3', '--ada-patience', '1', '--out', out];
  const { code, stderr } = await runExample('train-deeplab-pose/train.ts', args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/epoch 3\/3/) });
  const { userDefinedMetadata } = JSON.parse(await readFile(join(out, 'checkpoints/last/model.json'), 'utf8'));
  const { history } = userDefinedMetadata.pose.state.sampler as { history: { putOff: number }[] }; // of epochs that ended
  expect(history.map(({ putOff }) => putOff > 0)).toEqual([false, true]);
  expect(await readdir(out)).toContain('difficulty.png');
  expect(await readFile(join(out, 'report.html'), 'utf8')).toContain('Ada-Batch');
}, 120_000);

test('--dry-run says how long a run takes, and --find-lr draws the loss over the rate; neither starts a run', async () => {
  const out = join(folder, 'rehearsed');
  const args = [...TINY, ...SLIM_RESNET, '--out', out];
  const dry = await runExample('train-simplebaseline/train.ts', [...args, '--dry-run']);
  expect(dry.stdout).toMatch(/^network {6}pose_resnet18, [\d,]+ parameters/);
  expect(dry.stdout).toMatch(/\nmemory {7}[\d,]+ MiB of this process/);
  const found = await runExample('train-simplebaseline/train.ts', [...args, '--find-lr']);
  expect(found.stdout).toMatch(/^learning rate: [\d.]+e[-+]\d; see .*learning-rate-finder.png\n$/);
  expect(await readdir(out)).toEqual(['learning-rate-finder.png']);
}, 120_000);
