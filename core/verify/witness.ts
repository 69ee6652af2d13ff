import { coverage, type Box } from '../geometry/box.ts';
import { faceWithin, type Mask } from '../plan/masks.ts';
import { detailOf, readability, type FaceDetail } from './readable.ts';

/** A picture in planar YUV; only its luma, `width x height` from the start of `data`, is used here. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** What is remembered of an original picture, to hold the finished clip against it. */
export interface Witness {
  /** Luma on a lattice of points; meaningless where a mask is near. */
  readonly lattice: Uint8Array;
  /** For each mask of the frame; undefined where there is nothing to compare. */
  readonly faces: readonly (FaceDetail | undefined)[];
}

export interface Comparison {
  /** Mean absolute difference outside all masks, in grey levels; 0 when all is masked. */
  readonly difference: number;
  readonly masksCompared: number;
  readonly readable: readonly { readonly mask: Mask; readonly correlation: number }[];
}

const LATTICE = 16;
/** Points this near a mask are touched by its soft edge and the encoder. */
const MARGIN = 8;
/** Below this height the band of 4 to 8 cycles is finer than the pixels. */
const MIN_READABLE_HEIGHT = 24;

/** @param masks those that the plan has for this frame */
export function witnessOf(original: Picture, masks: readonly Mask[]): Witness {
  const { width, height, data } = original;
  const lattice = new Uint8Array(columnsOf(width) * columnsOf(height));
  let at = 0;
  for (let y = LATTICE >> 1; y < height; y += LATTICE)
    for (let x = LATTICE >> 1; x < width; x += LATTICE) lattice[at++] = data[y * width + x]!;
  const faces = masks.map((mask) => {
    const face = faceWithin(mask.head);
    if (mask.shape === 'rectangle' || face.h < MIN_READABLE_HEIGHT || isCrossed(mask, face, masks)) return undefined;
    return detailOf(data, width, height, face);
  });
  return { lattice, faces };
}

const columnsOf = (side: number) => Math.max(0, Math.ceil((side - (LATTICE >> 1)) / LATTICE));

/** Holds a frame of the clip against what was remembered of its original. @param masks as for {@link witnessOf} */
export function compareWith(witness: Witness, result: Picture, masks: readonly Mask[]): Comparison {
  const readable: { mask: Mask; correlation: number }[] = [];
  let masksCompared = 0;
  masks.forEach((mask, index) => {
    const detail = witness.faces[index];
    if (!detail) return;
    masksCompared++;
    const seen = readability(detail, result.data, result.width, faceWithin(mask.head));
    if (seen.readable) readable.push({ mask, correlation: seen.correlation });
  });
  return { difference: unmaskedDifference(witness, result, masks), masksCompared, readable };
}

/** The edge of another mask runs through this face: that edge is detail, but none of the face's. */
function isCrossed(mask: Mask, face: Box, masks: readonly Mask[]): boolean {
  return masks.some((other) => {
    const shared = other === mask ? 0 : coverage(face, other.bounds);
    return shared > 0.02 && shared < 0.98;
  });
}

function unmaskedDifference({ lattice }: Witness, { width, height, data }: Picture, masks: readonly Mask[]): number {
  let sum = 0;
  let count = 0;
  let at = 0;
  for (let y = LATTICE >> 1; y < height; y += LATTICE) {
    const near = masks.filter(({ bounds: b }) => y > b.y - MARGIN && y < b.y + b.h + MARGIN);
    for (let x = LATTICE >> 1; x < width; x += LATTICE, at++) {
      if (near.some(({ bounds: b }) => x > b.x - MARGIN && x < b.x + b.w + MARGIN)) continue;
      sum += Math.abs(lattice[at]! - data[y * width + x]!);
      count++;
    }
  }
  return count > 0 ? sum / count : 0;
}
