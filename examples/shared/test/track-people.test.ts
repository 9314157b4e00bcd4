import { trackPeople } from '../../predict/track-people';

/** Somebody of two keypoints who walks 5 pixels a frame, found in a box. */
const personAt = (frame: number, noise = 0) => ({
  keypoints: [100 + 5 * frame + noise, 60, 0.8, 160 + 5 * frame + noise, 180, 0.7],
  score: 0.75,
  box: [95 + 5 * frame, 50, 70, 140] as const,
});

test('somebody whom the detector misses is looked for where they should be, and keeps the id', () => {
  const tracking = trackPeople({ framesPerSecond: 30, smooth: false, keypoints: 2 });
  for (let frame = 0; frame < 6; frame++) {
    const detected = frame === 3 ? [] : [personAt(frame).box];
    const boxes = tracking.boxes(frame, detected, [640, 480]);
    expect(boxes).toHaveLength(1);
    if (frame === 3) {
      const [{ box }] = boxes as { box: readonly number[] }[];
      // The extent of the keypoints of frame 2, a frame further, and 15 % larger.
      expect(box).toEqual([115 - 4.5, 60 - 9, 60 + 9, 120 + 18].map((value) => expect.closeTo(value, 6)));
    }
    expect(tracking.people(frame, [personAt(frame)]).map(({ id }) => id)).toEqual([1]);
  }
});

test('who is hardly there is neither followed nor looked for again', () => {
  const tracking = trackPeople({ framesPerSecond: 30, smooth: false, keypoints: 2 });
  const ghost = { ...personAt(40), score: 0.1 };
  expect(tracking.people(0, [ghost, personAt(0)]).map(({ id, score }) => [id, score])).toEqual([
    [1, 0.75],
    [null, 0.1],
  ]);
  expect(tracking.boxes(1, [], [640, 480])).toHaveLength(1);
});

test('keypoints are steadied where that is asked for', () => {
  const [plain, steady] = [false, true].map((smooth) => trackPeople({ framesPerSecond: 30, smooth, keypoints: 2 }));
  const noise = (frame: number) => (frame % 2 === 0 ? 3 : -3);
  const jumps = { plain: 0, steady: 0 };
  let last = { plain: 0, steady: 0 };
  for (let frame = 0; frame < 30; frame++) {
    const person = personAt(0, noise(frame));
    const [x, smoothed] = [plain, steady].map((tracking) => tracking.people(frame, [person])[0].keypoints[0]);
    expect(x).toBe(person.keypoints[0]);
    if (frame > 0) {
      jumps.plain += Math.abs(x - last.plain);
      jumps.steady += Math.abs(smoothed - last.steady);
    }
    last = { plain: x, steady: smoothed };
  }
  expect(jumps.steady).toBeLessThan(0.5 * jumps.plain);
});
