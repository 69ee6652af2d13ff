import { expect, it } from 'vitest';
import type { Detection } from '../../core/geometry/detection.ts';
import type { FaceDetector } from '../../native/onnx/detector.ts';
import { pairOf } from '../../native/onnx/pair.ts';

const frame = { index: 0, width: 64, height: 64, data: new Uint8Array(64 * 64 * 1.5) };

/** A detector that always answers the same, and writes down how it was asked. */
function answering(faces: Detection[], exponent: number) {
  const asked: number[] = [];
  let closed = false;
  const detector: FaceDetector = {
    name: 'one',
    calibration: { full: exponent, zoom: exponent },
    detect: async (_frame, scale) => (asked.push(scale), faces),
    detectTiles: async (_frame, _tiles, size) => (asked.push(size), faces),
    close: async () => void (closed = true),
  };
  return { detector, asked, closed: () => closed };
}

it('a pair fuses what both see, keeps what one sees, and closes both', async () => {
  const shared = { x: 10, y: 10, w: 20, h: 20 };
  const alone = { x: 40, y: 40, w: 10, h: 10 };
  const first = answering([{ ...shared, score: 0.25 }], 0.5);
  const second = answering(
    [
      { ...shared, score: 0.6 },
      { ...alone, score: 0.3 },
    ],
    1,
  );
  const pair = pairOf('both', first.detector, second.detector);
  const found = await pair.detect(frame, 0.75, 0.02);
  // 1 - (1 - 0.25^0.5) (1 - 0.6)
  expect(found.map(({ score }) => score)).toEqual([expect.closeTo(0.8), expect.closeTo(0.3)]);
  expect(found[1]).toMatchObject(alone);
  await pair.detectTiles(frame, [], 128, 0.02);
  // The second is shown everything half as large again, in quarters of the frame's size.
  expect([first.asked, second.asked]).toEqual([
    [0.75, 128],
    [1.25, 192],
  ]);
  await pair.close();
  expect([first.closed(), second.closed()]).toEqual([true, true]);
});
