import { fuse, type Detection } from '../../core/geometry/detection.ts';
import type { LoadedModel } from '../../models/store.ts';
import { openDetector, threadsHere, type Calibration, type FaceDetector } from './detector.ts';

/** FaceBoxes, the one partner so far, has no anchor below 32 px: it is shown everything larger. */
const PARTNER_SCALE = 1.5;

/** Opens a model as one detector, also where it is two networks that look together. */
export async function openModel(model: LoadedModel): Promise<FaceDetector> {
  const { name, partner } = model;
  if (!partner) return openDetector(name, model.family, model.bytes);
  const threads = Math.ceil(threadsHere() / 2);
  return pairOf(
    name,
    await openDetector(name, model.family, model.bytes, threads),
    await openDetector(name, partner.family, partner.bytes, threads),
  );
}

/** Two detectors that look at the same; a face that both see is the more probable for it. */
export function pairOf(name: string, first: FaceDetector, partner: FaceDetector): FaceDetector {
  const both = async (kind: keyof Calibration, answers: readonly [Promise<Detection[]>, Promise<Detection[]>]) => {
    const [one, other] = await Promise.all(answers);
    return fuse([
      { detections: one, exponent: first.calibration[kind] },
      { detections: other, exponent: partner.calibration[kind] },
    ]);
  };
  return {
    name,
    // What comes out are probabilities already.
    calibration: { full: 1, zoom: 1 },
    detect: (frame, scale, minScore) => {
      // In whole quarters, which need little padding: see native/pixels/planes.ts.
      const larger = Math.round(scale * PARTNER_SCALE * 4) / 4;
      return both('full', [first.detect(frame, scale, minScore), partner.detect(frame, larger, minScore)]);
    },
    detectTiles: (frame, tiles, size, minScore) =>
      both('zoom', [
        first.detectTiles(frame, tiles, size, minScore),
        partner.detectTiles(frame, tiles, size * PARTNER_SCALE, minScore),
      ]),
    async close() {
      await Promise.all([first.close(), partner.close()]);
    },
  };
}
