import type { Box } from '../geometry/box.ts';
import { boxAt, type Track } from '../track/track.ts';

interface Step {
  readonly dx: number;
  readonly dy: number;
}

/** With fewer in view nobody can tell the camera's movement from theirs. */
const LEAST = 3;
const STILL: Step = { dx: 0, dy: 0 };

/**
 * How far everything moves from one step to the next, told from where the heads are: what the camera does, they all
 * do. A mask that goes with the camera does not lag behind it any more than the others.
 */
export class CameraSteps {
  private readonly steps = new Map<number, Step>();
  private readonly found = new Set<number>();

  /** @param step in frames; places are compared at its multiples */
  constructor(
    tracks: readonly Track[],
    private readonly step: number,
  ) {
    const moves = new Map<number, Step[]>();
    for (const track of tracks) {
      const first = Math.ceil(track.start / step) * step + step;
      for (let frame = first; frame <= track.end; frame += step) {
        const move = moveOf(boxAt(track, frame - step), boxAt(track, frame));
        if (move) moves.set(frame, [...(moves.get(frame) ?? []), move]);
      }
    }
    for (const [frame, list] of moves)
      if (list.length >= LEAST)
        this.steps.set(frame, { dx: median(list.map(({ dx }) => dx)), dy: median(list.map(({ dy }) => dy)) });
  }

  /** The next frame at which places are compared. */
  after(frame: number): number {
    return (Math.floor(frame / this.step) + 1) * this.step;
  }

  /**
   * Whether it moved by itself by more than so many of its heights since a step ago.
   * A track that is carried that far by the camera makes this frame one of {@link carried}.
   */
  isFast(track: Track, frame: number, heights: number): boolean {
    const box = boxAt(track, frame);
    const move = moveOf(boxAt(track, Math.max(track.start, frame - this.step)), box);
    if (!box || !move || lengthOf(move) <= heights * box.h) return false;
    const { dx, dy } = this.steps.get(frame) ?? STILL;
    if (lengthOf({ dx: move.dx - dx, dy: move.dy - dy }) > heights * box.h) return true;
    this.found.add(frame);
    return false;
  }

  /** Frames in which something moved fast because everything did, rising. */
  get carried(): readonly number[] {
    return [...this.found].sort((a, b) => a - b);
  }
}

/** By the upper left corner: a box that grows does so to all sides. */
function moveOf(before: Box | undefined, now: Box | undefined): Step | undefined {
  return before && now && { dx: now.x - before.x, dy: now.y - before.y };
}

function lengthOf({ dx, dy }: Step): number {
  return Math.hypot(dx, dy);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}
