import type { Mask } from '../core/plan/masks.ts';
import type { ComparedFrames } from '../core/verify/compared.ts';
import { DETAIL_BYTES, type FaceDetail } from '../core/verify/readable.ts';
import { witnessOf, type Witness } from '../core/verify/witness.ts';
import type { YuvFrame } from './ffmpeg/frame-reader.ts';

/** A witness in one piece: apart, each of its faces takes more memory for being an object than for what it shows. */
interface Packed {
  /** The lattice, then the details of all faces that have any. */
  readonly bytes: Uint8Array;
  /** {@link FaceDetail.unit} for each mask; 0 where there is nothing to compare. */
  readonly units: readonly number[];
}

/**
 * What the rendering pass remembers of the original pictures that the clip is held against, in memory only, so that
 * the check needs no second decoding of the recording: 8 kB a full-HD picture and 256 bytes a face, 30 MB for twenty
 * minutes of a full classroom. A resumed job has not seen all of them and decodes again.
 */
export class Witnesses {
  private readonly kept = new Map<number, Packed>();

  /** @param due frames whose originals are remembered; undefined remembers none */
  constructor(private readonly due: ComparedFrames | undefined) {}

  /** Must be called before the frame is painted. @param index in the clip */
  see(index: number, original: YuvFrame, masks: readonly Mask[]): void {
    if (this.due?.has(index)) this.kept.set(index, pack(witnessOf(original, masks)));
  }

  at(index: number): Witness | undefined {
    const packed = this.kept.get(index);
    return packed && unpack(packed);
  }

  /** Whether every one of these frames was seen. */
  covers(wanted: ComparedFrames): boolean {
    for (const index of wanted.all()) if (!this.kept.has(index)) return false;
    return true;
  }
}

function pack({ lattice, faces }: Witness): Packed {
  const details = faces.filter((face) => face !== undefined);
  const bytes = new Uint8Array(lattice.length + details.length * DETAIL_BYTES);
  bytes.set(lattice);
  details.forEach(({ values }, index) => bytes.set(values, lattice.length + index * DETAIL_BYTES));
  return { bytes, units: faces.map((face) => face?.unit ?? 0) };
}

function unpack({ bytes, units }: Packed): Witness {
  const shown = units.filter((unit) => unit > 0).length;
  let at = bytes.length - shown * DETAIL_BYTES;
  const lattice = bytes.subarray(0, at);
  const faces = units.map((unit): FaceDetail | undefined => {
    if (unit === 0) return undefined;
    const values = new Int8Array(bytes.buffer, at, DETAIL_BYTES);
    at += DETAIL_BYTES;
    return { values, unit };
  });
  return { lattice, faces };
}
