/** Reading and writing boxes of the ISO base media file format, ISO/IEC 14496-12 clause 4.2. */

import type { ByteSource } from '../store/byte-source.ts';

export const UINT32_MAX = 0xffff_ffff;
/** An index is read as a whole: ffmpeg needs 16 bytes a picture, so this is hours in a single fragment. */
const MAX_INDEX_BYTES = 16 * 1024 * 1024;

/** The file is cut off, damaged, or not one that ffmpeg wrote in fragments; the message says what is wrong. */
export class DamagedMp4 extends Error {
  override readonly name = 'DamagedMp4';
}

/** @throws DamagedMp4 always; typed `never` so that it reads as the end of a branch. */
export function damaged(problem: string): never {
  throw new DamagedMp4(problem);
}

/** Where a box of the file lies, in bytes from its start. */
export interface BoxPlace {
  readonly type: string;
  readonly start: number;
  readonly payload: number;
  readonly end: number;
}

/** A source that gives too little would otherwise become a file that is shifted from there on. */
export async function readExactly(source: ByteSource, position: number, length: number): Promise<Uint8Array> {
  const bytes = await source.read(position, length);
  if (bytes.length !== length) damaged(`read ${bytes.length} bytes at ${position} instead of ${length}`);
  return bytes;
}

/** The header of the box at `start`, clause 4.2. @throws DamagedMp4 when the box does not fit in the file */
export async function readBoxPlace(source: ByteSource, start: number): Promise<BoxPlace> {
  if (source.size - start < 8) damaged(`the file ends at ${source.size}, before it is complete`);
  const header = new Fields(await readExactly(source, start, Math.min(16, source.size - start)), 'box header');
  let size = header.u32();
  const type = header.fourCC();
  let headerBytes = 8;
  if (size === 1) {
    size = header.u64();
    headerBytes = 16;
  }
  // Size 0, "up to the end of the file", is never written to a pipe that goes on with an index.
  if (size < headerBytes) damaged(`box '${type}' at ${start} has the impossible size ${size}`);
  if (size > source.size - start) damaged(`box '${type}' at ${start} goes on past the end of the file`);
  return { type, start, payload: start + headerBytes, end: start + size };
}

/** @throws DamagedMp4 when the box is larger than any index that ffmpeg writes */
export function readPayload(source: ByteSource, { type, payload, end }: BoxPlace): Promise<Uint8Array> {
  if (end - payload > MAX_INDEX_BYTES) damaged(`box '${type}' is too large for an index: ${end - payload} bytes`);
  return readExactly(source, payload, end - payload);
}

/** Big-endian fields one after the other. @throws DamagedMp4 when a field lies past the end */
export class Fields {
  private at = 0;
  private readonly view: DataView;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly name: string,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  u32(): number {
    return this.view.getUint32(this.take(4));
  }

  i32(): number {
    return this.view.getInt32(this.take(4));
  }

  /** @throws DamagedMp4 also when the number is too large to count with: no true file comes near */
  u64(): number {
    const value = Number(this.view.getBigUint64(this.take(8)));
    if (!Number.isSafeInteger(value)) damaged(`'${this.name}' holds an impossible number`);
    return value;
  }

  i64(): number {
    const value = Number(this.view.getBigInt64(this.take(8)));
    if (!Number.isSafeInteger(value)) damaged(`'${this.name}' holds an impossible number`);
    return value;
  }

  fourCC(): string {
    return String.fromCharCode(...this.raw(4));
  }

  raw(length: number): Uint8Array {
    const at = this.take(length);
    return this.bytes.subarray(at, at + length);
  }

  /** Version and flags of a full box, clause 4.2. @throws DamagedMp4 for a version above `maxVersion` */
  versionAndFlags(maxVersion: number): { version: number; flags: number } {
    const word = this.u32();
    const version = word >>> 24;
    if (version > maxVersion) damaged(`'${this.name}' has the unknown version ${version}`);
    return { version, flags: word & 0xff_ffff };
  }

  /** @throws DamagedMp4 when something follows that nobody reads */
  end(): void {
    if (this.left !== 0) damaged(`'${this.name}' has ${this.left} bytes too many`);
  }

  private take(length: number): number {
    if (length > this.left) damaged(`'${this.name}' is too short`);
    this.at += length;
    return this.at - length;
  }
}

/** The boxes within a box, by type and in order. */
export class Contents {
  private readonly found: { readonly type: string; readonly body: Uint8Array }[] = [];

  /**
   * Only types that are known: a type that a damaged bit turned into another one must not pass for
   * a box that may be left out.
   * @throws DamagedMp4 when a box does not fit or is not among `known`
   */
  constructor(
    body: Uint8Array,
    private readonly name: string,
    known: readonly string[],
  ) {
    const fields = new Fields(body, name);
    while (fields.left > 0) {
      const size = fields.u32();
      const type = fields.fourCC();
      if (!known.includes(type)) damaged(`'${name}' holds the unexpected box '${type}'`);
      if (size < 8 || size - 8 > fields.left) damaged(`box '${type}' in '${name}' has the impossible size ${size}`);
      this.found.push({ type, body: fields.raw(size - 8) });
    }
  }

  all(type: string): Uint8Array[] {
    return this.found.filter((box) => box.type === type).map((box) => box.body);
  }

  /** @throws DamagedMp4 when it is there twice */
  maybe(type: string): Uint8Array | undefined {
    const bodies = this.all(type);
    if (bodies.length > 1) damaged(`'${this.name}' holds more than one '${type}'`);
    return bodies[0];
  }

  /** @throws DamagedMp4 when it is missing or there twice */
  one(type: string): Uint8Array {
    return this.maybe(type) ?? damaged(`'${this.name}' has no '${type}'`);
  }
}

/** A box as pieces, so that large tables are not copied once for every box around them. */
export type Pieces = readonly Uint8Array[];

export function byteLength(pieces: Pieces): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}

export function uint32s(...values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => view.setUint32(index * 4, value));
  return bytes;
}

/** Numbers of 32 or, for `wide`, 64 bits. */
export function integers(wide: boolean, ...values: readonly number[]): Uint8Array {
  if (!wide) return uint32s(...values);
  return uint32s(...values.flatMap((value) => [Math.floor(value / 2 ** 32), value]));
}

export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** The header of a box with `payload` bytes, with a 64-bit size where 32 bits are too few, clause 4.2. */
export function boxHeader(type: string, payload: number): Uint8Array {
  const wide = payload + 8 > UINT32_MAX;
  const [first, last] = wide ? [uint32s(1), integers(true, payload + 16)] : [uint32s(payload + 8), new Uint8Array()];
  return Uint8Array.of(...first, ...ascii(type), ...last);
}

export function box(type: string, ...pieces: readonly Uint8Array[]): Uint8Array[] {
  return [boxHeader(type, byteLength(pieces)), ...pieces];
}

export function fullBox(type: string, version: number, flags: number, ...pieces: readonly Uint8Array[]): Uint8Array[] {
  return box(type, uint32s(version * 2 ** 24 + flags), ...pieces);
}
