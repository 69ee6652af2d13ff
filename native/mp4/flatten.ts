import {
  boxHeader,
  byteLength,
  damaged,
  Fields,
  readBoxPlace,
  readExactly,
  readPayload,
  UINT32_MAX,
  type BoxPlace,
} from './boxes.ts';
import type { ByteSource } from '../store/byte-source.ts';
import { readFragment } from './fragments.ts';
import { FILE_TYPE, movieBox } from './movie-box.ts';
import { readMovie, type Movie } from './movie.ts';

/** Sample data is copied, and the index handed out, in pieces of at most so many bytes. */
const PIECE_BYTES = 1024 * 1024;

/**
 * Progressive MP4 with the index in front, piece by piece, from what
 * `ffmpeg -f mp4 -movflags +frag_keyframe+delay_moov+default_base_moof` writes to a pipe: one track of
 * H.264, at most one of AAC and at most one of timed text. ISO/IEC 14496-12.
 *
 * The sample data stays as it is, in the order of the fragments; only the index is new. In memory are the
 * tables (some 10 bytes a sample), the finished index and one piece.
 * @throws DamagedMp4 before the first piece when the file is cut off, damaged or of another kind
 * @throws Error what `source` throws; in the middle too, and then the pieces so far are no film
 */
export async function* flattenMp4(source: ByteSource): AsyncGenerator<Uint8Array> {
  const { movie, dataBoxes } = await readIndex(source);
  const dataBytes = dataBoxes.reduce((sum, { payload, end }) => sum + end - payload, 0);
  yield* inPieces(fileHead(movie, dataBytes));
  for (const { payload, end } of dataBoxes) {
    for (let at = payload; at < end; at += PIECE_BYTES)
      yield await readExactly(source, at, Math.min(PIECE_BYTES, end - at));
  }
}

/** Reads everything but the sample data. */
async function readIndex(source: ByteSource): Promise<{ movie: Movie; dataBoxes: BoxPlace[] }> {
  const ftyp = await readBoxOf(source, 'ftyp', 0);
  const moov = await readBoxOf(source, 'moov', ftyp.end);
  const movie = readMovie(await readPayload(source, moov));
  const dataBoxes: BoxPlace[] = [];
  let dataBefore = 0;
  let place = await readBoxPlace(source, moov.end);
  while (place.type !== 'mfra') {
    if (place.type !== 'moof') damaged(`the box '${place.type}' at ${place.start} is not part of a fragment`);
    const data = await readBoxOf(source, 'mdat', place.end);
    const dataBytes = data.end - data.payload;
    const fragment = { sequence: dataBoxes.length + 1, dataOffset: data.payload - place.start, dataBytes, dataBefore };
    readFragment(await readPayload(source, place), fragment, movie.tracks);
    dataBoxes.push(data);
    dataBefore += dataBytes;
    place = await readBoxPlace(source, data.end);
  }
  await checkEnd(source, place);
  movie.tracks.forEach(({ samples }) => samples.close());
  return { movie, dataBoxes };
}

async function readBoxOf(source: ByteSource, type: string, start: number): Promise<BoxPlace> {
  const place = await readBoxPlace(source, start);
  if (place.type !== type) damaged(`at ${start} there is the box '${place.type}' instead of '${type}'`);
  return place;
}

/**
 * ffmpeg ends a finished file with `mfra` (clause 8.8.9), and that with its own size (`mfro`, clause
 * 8.8.11): without it a file that is cut off between two fragments would look whole.
 */
async function checkEnd(source: ByteSource, mfra: BoxPlace): Promise<void> {
  if (mfra.end !== source.size) damaged("the file goes on behind 'mfra'");
  const tail = new Fields(await readExactly(source, Math.max(mfra.payload, mfra.end - 16), 16), 'mfra');
  const isWhole =
    tail.u32() === 16 && tail.fourCC() === 'mfro' && tail.u32() === 0 && tail.u32() === mfra.end - mfra.start;
  if (!isWhole) damaged("'mfra' does not end the file");
}

/** All that comes before the sample data. */
function fileHead(movie: Movie, dataBytes: number): Uint8Array[] {
  const mdat = boxHeader('mdat', dataBytes);
  const lay = (wide: boolean) => {
    // The size of the index does not depend on the offsets within it.
    const dataStart = byteLength([...FILE_TYPE, ...movieBox(movie, 0, wide), mdat]);
    return { dataStart, fits: wide || dataStart + dataBytes <= UINT32_MAX };
  };
  const narrow = lay(false);
  const { dataStart } = narrow.fits ? narrow : lay(true);
  return [...FILE_TYPE, ...movieBox(movie, dataStart, !narrow.fits), mdat];
}

/** Joins small pieces and cuts large ones. */
function* inPieces(pieces: readonly Uint8Array[]): Generator<Uint8Array> {
  const all = new Uint8Array(byteLength(pieces));
  let filled = 0;
  for (const piece of pieces) {
    all.set(piece, filled);
    filled += piece.length;
  }
  for (let at = 0; at < all.length; at += PIECE_BYTES) yield all.subarray(at, at + PIECE_BYTES);
}
