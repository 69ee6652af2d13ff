import type { Detection } from '../../core/geometry/detection.ts';
import { fuse, withoutGroups, type Vote } from '../../core/geometry/detection.ts';
import type { YuvFrame } from '../ffmpeg/frame-reader.ts';
import type { Tile } from '../pixels/planes.ts';
import type { FaceDetector } from './detector.ts';

/** How hard one picture is looked at. */
export interface Look {
  /** Full passes, as factors of the frame's size. */
  readonly scales: readonly number[];
  /** Look again at so many magnified candidates, the most probable of the uncertain ones. */
  readonly zoom: number;
  /** Also turn the magnified candidates by 30 degrees both ways, for tilted heads. */
  readonly turn: boolean;
}

/** Side of a tile and of a face within it: the net's best range is around 40 px (docs/accuracy.md). */
const TILE = 128;
const TILE_PER_FACE = 3.2;
/** Larger faces are seen well by the full pass already, in frame pixels at 1920 wide. */
const MAX_CANDIDATE_HEIGHT = 90;
const TURN = Math.PI / 6;

/**
 * Looks at one picture: full passes, then a closer look at what was uncertain, fused.
 * @returns faces with calibrated probability, in frame pixels
 */
export async function lookAt(
  detector: FaceDetector,
  frame: YuvFrame,
  look: Look,
  minScore: number,
): Promise<Detection[]> {
  const passes = await Promise.all(look.scales.map((scale) => detector.detect(frame, scale, minScore)));
  const votes: Vote[] = passes.map((detections) => ({ detections, exponent: detector.calibration.full }));
  if (look.zoom === 0) return withoutGroups(fuse(votes));
  const maxHeight = (MAX_CANDIDATE_HEIGHT * frame.width) / 1920;
  const uncertain = fuse(votes)
    .filter((face) => face.h < maxHeight && face.score < 0.97)
    .sort((a, b) => b.score - a.score)
    .slice(0, look.zoom);
  if (uncertain.length === 0) return withoutGroups(fuse(votes));
  const angles = look.turn ? [0, TURN, -TURN] : [0];
  const zoomed = await Promise.all(
    angles.map((angle) => {
      const tiles = uncertain.map((face) => tileAround(face, angle));
      return detector.detectTiles(frame, tiles, TILE, minScore);
    }),
  );
  const exponent = detector.calibration.zoom;
  return withoutGroups(fuse([...votes, ...zoomed.map((detections) => ({ detections, exponent }))]));
}

function tileAround(face: Detection, angle: number): Tile {
  return {
    cx: face.x + face.w / 2,
    cy: face.y + face.h / 2,
    side: Math.max(face.w, face.h) * TILE_PER_FACE,
    angle,
  };
}
