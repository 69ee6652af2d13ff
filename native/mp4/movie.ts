import { Contents, damaged, Fields } from './boxes.ts';
import type { FragmentedTrack, SampleDefaults } from './fragments.ts';
import { SampleTable } from './sample-table.ts';

/** What a header box says besides times and durations, which are written anew. */
export interface TimedHeader {
  readonly flags: number;
  /** Ticks a second in mvhd and mdhd, the track's number in tkhd. */
  readonly timescaleOrId: number;
  /** Everything behind the duration. */
  readonly rest: Uint8Array;
}

/** How the time line of the media becomes that of the film, clause 8.6.6: as far as ffmpeg uses it. */
export interface Edit {
  /** Nothing is shown for so long first, in ticks of the film; 0 for no such entry. */
  readonly delay: number;
  /** Where the media then begins, in ticks of the track. */
  readonly mediaTime: number;
}

export interface Track extends FragmentedTrack {
  readonly kind: 'video' | 'sound' | 'text';
  readonly tkhd: TimedHeader;
  readonly mdhd: TimedHeader;
  readonly edit: Edit | undefined;
  readonly hdlr: Uint8Array;
  /** Body of vmhd, smhd or nmhd. */
  readonly mediaHeader: Uint8Array;
  readonly dinf: Uint8Array;
  readonly stsd: Uint8Array;
}

export interface Movie {
  readonly mvhd: TimedHeader;
  readonly tracks: readonly Track[];
}

/** Tags and other words about the recording: never taken along. */
const METADATA = ['udta', 'meta'];
const HANDLERS = { vide: 'video', soun: 'sound', sbtl: 'text' } as const;
const SAMPLE_ENTRY = { video: 'avc1', sound: 'mp4a', text: 'tx3g' } as const;
/** Clauses 12.1.2, 12.2.2 and 8.4.5.2. */
export const MEDIA_HEADER = { video: 'vmhd', sound: 'smhd', text: 'nmhd' } as const;
/** Where the name of the encoder stands in the body of an stsd with one visual sample entry, clause 12.1.3. */
const COMPRESSOR_NAME = { start: 58, end: 90 };

/**
 * The `moov` (clause 8.2.1) of a fragmented file: tracks that have no samples yet.
 * @throws DamagedMp4 also for tracks other than one of H.264, at most one of AAC and at most one of timed text
 */
export function readMovie(body: Uint8Array): Movie {
  const moov = new Contents(body, 'moov', ['mvhd', 'trak', 'mvex', ...METADATA]);
  const mvhd = readTimedHeader(moov.one('mvhd'), 'mvhd', 80);
  if (mvhd.timescaleOrId === 0) damaged('the film has no time scale');
  const defaults = readDefaults(moov.one('mvex'));
  const tracks = moov.all('trak').map((trak) => readTrack(trak, defaults));
  const count = (kind: Track['kind']) => tracks.filter((track) => track.kind === kind).length;
  if (count('video') !== 1 || count('sound') > 1 || count('text') > 1)
    damaged('not one video track with at most one of sound and one of text');
  if (new Set(tracks.map(({ id }) => id)).size !== tracks.length) damaged('two tracks have the same number');
  return { mvhd, tracks };
}

/** mvhd, tkhd and mdhd begin alike: clauses 8.2.2, 8.3.2 and 8.4.2. @param restBytes behind the duration */
function readTimedHeader(body: Uint8Array, name: string, restBytes: number): TimedHeader {
  const fields = new Fields(body, name);
  const { version, flags } = fields.versionAndFlags(1);
  const timeBytes = version === 1 ? 8 : 4;
  fields.raw(2 * timeBytes);
  const timescaleOrId = fields.u32();
  fields.raw((name === 'tkhd' ? 4 : 0) + timeBytes);
  const rest = fields.raw(restBytes);
  fields.end();
  return { flags, timescaleOrId, rest };
}

/** trex by number of the track, clauses 8.8.1 and 8.8.3. */
function readDefaults(body: Uint8Array): Map<number, SampleDefaults> {
  const mvex = new Contents(body, 'mvex', ['mehd', 'trex']);
  const defaults = new Map<number, SampleDefaults>();
  for (const trex of mvex.all('trex')) {
    const fields = new Fields(trex, 'trex');
    fields.versionAndFlags(0);
    const id = fields.u32();
    if (fields.u32() !== 1) damaged(`track ${id} has another sample description than its first`);
    defaults.set(id, { duration: fields.u32(), size: fields.u32(), flags: fields.u32() });
    fields.end();
  }
  return defaults;
}

function readTrack(body: Uint8Array, defaults: ReadonlyMap<number, SampleDefaults>): Track {
  const trak = new Contents(body, 'trak', ['tkhd', 'edts', 'mdia', ...METADATA]);
  const mdia = new Contents(trak.one('mdia'), 'mdia', ['mdhd', 'hdlr', 'minf']);
  const minf = new Contents(mdia.one('minf'), 'minf', [...Object.values(MEDIA_HEADER), 'dinf', 'stbl']);
  const tkhd = readTimedHeader(trak.one('tkhd'), 'tkhd', 60);
  const mdhd = readTimedHeader(mdia.one('mdhd'), 'mdhd', 4);
  const id = tkhd.timescaleOrId;
  if (id === 0 || mdhd.timescaleOrId === 0) damaged('a track has no number or no time scale');
  const hdlr = mdia.one('hdlr');
  const kind = readKind(hdlr);
  const edts = trak.maybe('edts');
  return {
    id,
    kind,
    defaults: defaults.get(id) ?? damaged(`track ${id} is not in fragments`),
    samples: new SampleTable(),
    tkhd,
    mdhd,
    edit: edts && readEdit(new Contents(edts, 'edts', ['elst']).one('elst')),
    hdlr,
    mediaHeader: minf.one(MEDIA_HEADER[kind]),
    dinf: minf.one('dinf'),
    stsd: readSampleTable(minf.one('stbl'), kind),
  };
}

/** hdlr, clause 8.4.3. */
function readKind(body: Uint8Array): Track['kind'] {
  const fields = new Fields(body, 'hdlr');
  fields.versionAndFlags(0);
  fields.u32();
  const handler = fields.fourCC();
  return handler === 'vide' || handler === 'soun' || handler === 'sbtl'
    ? HANDLERS[handler]
    : damaged(`a track is of the kind '${handler}'`);
}

/** elst, clause 8.6.6: at most a delay, then all the media from some time on. */
function readEdit(body: Uint8Array): Edit {
  const fields = new Fields(body, 'elst');
  const { version } = fields.versionAndFlags(1);
  const count = fields.u32();
  if (count < 1 || count > 2) damaged(`'elst' has ${count} entries`);
  const readEntry = () => {
    const duration = version === 1 ? fields.u64() : fields.u32();
    const mediaTime = version === 1 ? fields.i64() : fields.i32();
    if (fields.u32() !== 0x1_0000) damaged("'elst' changes the speed");
    return { duration, mediaTime };
  };
  const empty = count === 2 ? readEntry() : undefined;
  const { mediaTime } = readEntry();
  fields.end();
  if ((empty && empty.mediaTime !== -1) || mediaTime < 0) damaged("'elst' does more than delay and begin");
  return { delay: empty?.duration ?? 0, mediaTime };
}

/** @returns the body of stsd, clause 8.5.2, without the name of the encoder */
function readSampleTable(body: Uint8Array, kind: Track['kind']): Uint8Array {
  const stbl = new Contents(body, 'stbl', ['stsd', 'stts', 'stsc', 'stsz', 'stco']);
  const stsz = new Fields(stbl.one('stsz'), 'stsz');
  stsz.versionAndFlags(0);
  stsz.u32();
  if (stsz.u32() !== 0) damaged('a track has samples outside of fragments');
  const stsd = Uint8Array.from(stbl.one('stsd'));
  const fields = new Fields(stsd, 'stsd');
  fields.versionAndFlags(0);
  if (fields.u32() !== 1) damaged('a track does not have one sample description');
  const entryBytes = fields.left;
  const size = fields.u32();
  const type = fields.fourCC();
  if (size !== entryBytes) damaged(`a sample description has the impossible size ${size}`);
  if (type !== SAMPLE_ENTRY[kind]) damaged(`a ${kind} track is of the kind '${type}'`);
  if (kind === 'video') {
    if (stsd.length < COMPRESSOR_NAME.end) damaged("'avc1' is too short");
    stsd.fill(0, COMPRESSOR_NAME.start, COMPRESSOR_NAME.end);
  }
  return stsd;
}
