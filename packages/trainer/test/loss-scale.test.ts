import { LossScale } from '../src/gradients/loss-scale';

test("LossScale moves as PyTorch 2.13's torch.amp.GradScaler", () => {
  const scale = new LossScale();
  // steps that overflow or do not, then get_scale() and the growth tracker
  const expected: [overflowed: boolean, steps: number, value: number, tracker: number][] = [
    [true, 1, 32768, 0],
    [false, 1999, 32768, 1999],
    [true, 2, 8192, 0],
    [false, 1999, 8192, 1999],
    [false, 1, 16384, 0],
    [false, 1, 16384, 1],
    [true, 1, 8192, 0],
    [false, 2000, 16384, 0],
    [false, 4000, 65536, 0],
  ];
  expect(scale.value).toBe(65536);
  for (const [overflowed, steps, value, tracker] of expected) {
    for (let step = 0; step < steps; step++) scale.update(overflowed);
    expect(scale.state()).toEqual({ scale: value, steps: tracker });
  }
});

test('LossScale goes on where its state was left', () => {
  const scale = new LossScale({ scale: 8, steps: 1999 });
  scale.update(false);
  expect(scale.value).toBe(16);
});
