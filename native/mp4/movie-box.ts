import { ascii, box, fullBox, integers, uint32s } from './boxes.ts';
import { MEDIA_HEADER, type Movie, type TimedHeader, type Track } from './movie.ts';

/** What ffmpeg itself names for a film of H.264 that is not in fragments, clause 4.3. */
export const FILE_TYPE = box('ftyp', ascii('isom'), uint32s(0x200), ascii('isomiso2avc1mp41'));

/** Above this, players that read a signed number would see a negative duration; ffmpeg goes by it too. */
const INT32_MAX = 0x7fff_ffff;

/**
 * The `moov` (clause 8.2.1) with full sample tables.
 * @param dataStart where the sample data begins in the file, in bytes
 * @param wide 64-bit chunk offsets
 */
export function movieBox({ mvhd, tracks }: Movie, dataStart: number, wide: boolean): Uint8Array[] {
  const timescale = mvhd.timescaleOrId;
  const duration = Math.max(...tracks.map((track) => trackDuration(track, timescale)));
  // The last field is the number for a next track; in fragmented files ffmpeg leaves one that is taken.
  const nextTrack = Math.max(...tracks.map(({ id }) => id)) + 1;
  const rest = [mvhd.rest.subarray(0, -4), uint32s(nextTrack)];
  return box(
    'moov',
    ...timedHeader('mvhd', mvhd, duration, rest),
    ...tracks.flatMap((track) => trackBox(track, timescale, dataStart, wide)),
  );
}

function trackBox(track: Track, movieTimescale: number, dataStart: number, wide: boolean): Uint8Array[] {
  const { kind, samples, tkhd, mdhd, hdlr, mediaHeader, dinf, stsd } = track;
  const stbl = box(
    'stbl',
    ...box('stsd', stsd),
    ...samples.boxes(dataStart, wide),
    ...(kind === 'sound' ? samples.preRollBoxes() : []),
  );
  const minf = box('minf', ...box(MEDIA_HEADER[kind], mediaHeader), ...box('dinf', dinf), ...stbl);
  const media = timedHeader('mdhd', mdhd, samples.mediaDuration, [mdhd.rest]);
  return box(
    'trak',
    ...timedHeader('tkhd', tkhd, trackDuration(track, movieTimescale), [tkhd.rest]),
    ...editBox(track, movieTimescale),
    ...box('mdia', ...media, ...box('hdlr', hdlr), ...minf),
  );
}

/** Clauses 8.2.2, 8.3.2 and 8.4.2. Creation and change times are left 0: nobody needs to know them. */
function timedHeader(
  type: 'mvhd' | 'tkhd' | 'mdhd',
  { flags, timescaleOrId }: TimedHeader,
  duration: number,
  rest: readonly Uint8Array[],
): Uint8Array[] {
  const wide = duration > INT32_MAX;
  const times = integers(wide, 0, 0);
  const reserved = type === 'tkhd' ? [uint32s(0)] : [];
  const after = [uint32s(timescaleOrId), ...reserved, integers(wide, duration), ...rest];
  return fullBox(type, wide ? 1 : 0, flags, times, ...after);
}

/** The sum of its edits, or all of its media, in ticks of the film: clause 8.3.2.3. */
function trackDuration(track: Track, movieTimescale: number): number {
  const { edit, samples, mdhd } = track;
  if (!edit) return rescale(samples.mediaDuration, movieTimescale, mdhd.timescaleOrId, 'up');
  return edit.delay + segmentDuration(track, edit.mediaTime, movieTimescale);
}

/**
 * How long the media is shown, in ticks of the film: from its first sample to the end of its last, less
 * what comes before `mediaTime` (the priming of AAC). Rounded apart, as ffmpeg does, so that a film is
 * as long as the one that ffmpeg would have written at once.
 */
function segmentDuration({ samples, mdhd }: Track, mediaTime: number, movieTimescale: number): number {
  const { firstPresentation, presentationEnd } = samples;
  const shown = rescale(presentationEnd - firstPresentation, movieTimescale, mdhd.timescaleOrId, 'up');
  const skipped = rescale(firstPresentation - mediaTime, movieTimescale, mdhd.timescaleOrId, 'down');
  return Math.max(0, shown + skipped);
}

/** elst with the durations that were not known while the file was written in fragments, clause 8.6.6. */
function editBox(track: Track, movieTimescale: number): Uint8Array[] {
  if (!track.edit) return [];
  const { delay, mediaTime } = track.edit;
  const duration = segmentDuration(track, mediaTime, movieTimescale);
  const wide = Math.max(delay, duration, mediaTime) > INT32_MAX;
  const speed = uint32s(0x1_0000);
  const emptyEdit = wide ? [integers(true, delay), uint32s(0xffff_ffff, 0xffff_ffff)] : [uint32s(delay, 0xffff_ffff)];
  const empty = delay > 0 ? [...emptyEdit, speed] : [];
  const entries = [...empty, integers(wide, duration, mediaTime), speed];
  return box('edts', ...fullBox('elst', wide ? 1 : 0, 0, uint32s(delay > 0 ? 2 : 1), ...entries));
}

/** Exact where a product of two numbers no longer is. */
function rescale(ticks: number, to: number, from: number, towards: 'up' | 'down'): number {
  const product = BigInt(ticks) * BigInt(to);
  const divisor = BigInt(from);
  const quotient = product / divisor;
  const rest = product - quotient * divisor;
  const step = towards === 'up' ? (rest > 0n ? 1n : 0n) : rest < 0n ? -1n : 0n;
  return Number(quotient + step);
}
