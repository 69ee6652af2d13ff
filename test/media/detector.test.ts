import { describe, expect, it } from 'vitest';
import { openDetector } from '../../native/onnx/detector.ts';

const frame = { index: 0, width: 128, height: 128, data: new Uint8Array((128 * 128 * 3) / 2) };

describe('a detector that cannot work', () => {
  it('says so, at the first question and at any later one, instead of never answering', async () => {
    const detector = await openDetector('broken', 'retinaface', new Uint8Array([1, 2, 3]));
    try {
      await expect(detector.detect(frame, 1, 0.5)).rejects.toThrow();
      // By now each thread has given up by itself, asked or not.
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await expect(Promise.all([1, 2, 3, 4].map(() => detector.detect(frame, 1, 0.5)))).rejects.toThrow();
      await expect(detector.detect(frame, 1, 0.5)).rejects.toThrow();
    } finally {
      await detector.close();
    }
  });

  it('gives up what was still being looked at when it is closed', async () => {
    const detector = await openDetector('broken', 'retinaface', new Uint8Array([1, 2, 3]));
    const looking = detector.detect(frame, 1, 0.5);
    const refused = expect(looking).rejects.toThrow();
    await detector.close();
    await refused;
  });
});
