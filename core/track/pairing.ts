import { iou, type Box } from '../geometry/box.ts';
import type { Detection } from '../geometry/detection.ts';

/** Less or more of the head's height than this is another head. */
const SIZES = { least: 0.6, most: 1.65 };

/** Greedy best-first pairing of heads and detections by overlap, then by nearness; each in one pair at most. */
export function pairUp<Track extends { readonly head: { readonly box: Box } }>(
  tracks: readonly Track[],
  faces: readonly Detection[],
): [Track, Detection][] {
  const options: { track: Track; face: Detection; value: number }[] = [];
  for (const track of tracks) {
    for (const face of faces) {
      const { box } = track.head;
      const ratio = face.h / box.h;
      if (ratio < SIZES.least || ratio > SIZES.most) continue;
      const overlap = iou(face, box);
      const distance = Math.hypot(face.x + face.w / 2 - box.x - box.w / 2, face.y + face.h / 2 - box.y - box.h / 2);
      const near = 1 - distance / Math.max(box.h, face.h);
      if (overlap < 0.15 && near < 0.5) continue;
      options.push({ track, face, value: overlap + 0.3 * near });
    }
  }
  options.sort((a, b) => b.value - a.value);
  const taken = new Set<unknown>();
  const pairs: [Track, Detection][] = [];
  for (const { track, face } of options) {
    if (taken.has(track) || taken.has(face)) continue;
    taken.add(track).add(face);
    pairs.push([track, face]);
  }
  return pairs;
}
