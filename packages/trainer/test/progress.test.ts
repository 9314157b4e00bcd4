import { PassThrough } from 'node:stream';
import { ProgressReporter } from '../src/run/progress';

function capture(terminal: boolean) {
  const stream = Object.assign(new PassThrough(), { isTTY: terminal, columns: 120 });
  const text = () => String(stream.read() ?? '');
  return { reporter: new ProgressReporter(stream as unknown as NodeJS.WriteStream), text };
}

describe('without a terminal', () => {
  let now: jest.SpyInstance<number, []>;
  const at = (seconds: number) => now.mockReturnValue(1000 * seconds);
  beforeEach(() => {
    now = jest.spyOn(performance, 'now');
    at(0);
  });
  afterEach(() => now.mockRestore());

  test('a task is a line every ten seconds and one at its end', () => {
    const { reporter, text } = capture(false);
    reporter.start('epoch 1/2', 100);
    for (let i = 1; i <= 25; i++) {
      at(i);
      reporter.advance(4, { loss: '1.2e-3', acc: '0.500' });
    }
    reporter.stop();
    reporter.stop();
    expect(text()).toBe(
      'epoch 1/2 40/100 | loss 1.2e-3 | acc 0.500 | 4.0 img/s | ETA 15 s\n' +
        'epoch 1/2 80/100 | loss 1.2e-3 | acc 0.500 | 4.0 img/s | ETA 5 s\n' +
        'epoch 1/2 100/100 | loss 1.2e-3 | acc 0.500 | 4.0 img/s | 25.0 s\n',
    );
  });

  test('what an earlier process did counts as done, but not for the speed', () => {
    const { reporter, text } = capture(false);
    reporter.start('epoch 2/2', 100, 60);
    at(10);
    reporter.advance(20);
    at(20);
    reporter.advance(20);
    reporter.stop();
    expect(text()).toBe('epoch 2/2 80/100 | 2.0 img/s | ETA 10 s\nepoch 2/2 100/100 | 2.0 img/s | 20.0 s\n');
  });

  test('a message ends the task, and a task where nothing happened has no speed', () => {
    const { reporter, text } = capture(false);
    reporter.line('engine: wasm');
    reporter.start('evaluate', 7);
    reporter.line('Stopped.');
    reporter.advance(3);
    expect(text()).toBe('engine: wasm\nevaluate 0/7 | 0.0 s\nStopped.\n');
  });
});

test('on a terminal there is a bar with values, img/s and ETA, and the cursor comes back', () => {
  const { reporter, text } = capture(true);
  reporter.start('epoch 1/2', 100);
  reporter.advance(50, { loss: '1.2e-3', acc: '0.500' });
  reporter.stop();
  const output = text();
  expect(output).toMatch(/epoch 1\/2\s+█{12}░{12} 50\/100 \| loss 1\.2e-3 \| acc 0\.500 \| [\d.]+ img\/s \| ETA \S+/);
  expect(output).toContain('\x1b[?25h');
});
