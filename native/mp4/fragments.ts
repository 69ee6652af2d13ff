import { Contents, damaged, Fields } from './boxes.ts';
import type { SampleTable } from './sample-table.ts';

/** What holds for the samples of a track that do not say otherwise: trex, clause 8.8.3. Duration in ticks. */
export interface SampleDefaults {
  readonly duration: number;
  readonly size: number;
  readonly flags: number;
}

/** A track as far as fragments need to know it. */
export interface FragmentedTrack {
  readonly id: number;
  readonly defaults: SampleDefaults;
  readonly samples: SampleTable;
}

/** What a fragment is about: its place in the file and that of the sample data behind it, in bytes. */
export interface FragmentPlace {
  /** Counted from 1. */
  readonly sequence: number;
  /** From the beginning of the `moof` to the first byte of sample data. */
  readonly dataOffset: number;
  readonly dataBytes: number;
  /** Bytes of sample data in all fragments before. */
  readonly dataBefore: number;
}

/** A damaged count must not grow tables for a run without a field per sample; this is hours in one fragment. */
const MAX_RUN_SAMPLES = 1 << 20;

/** Clause 8.8.7.1. */
const TFHD = { description: 0x2, duration: 0x8, size: 0x10, flags: 0x20, known: 0x03_003a, baseIsMoof: 0x02_0000 };
/** Clause 8.8.8.1. */
const TRUN = { dataOffset: 0x1, firstFlags: 0x4, duration: 0x100, size: 0x200, flags: 0x400, offset: 0x800 };
const TRUN_KNOWN = Object.values(TRUN).reduce((all, flag) => all | flag);
/** sample_is_non_sync_sample, clause 8.8.3.1. */
const NON_SYNC = 0x1_0000;

/**
 * Puts the samples of one `moof` (clause 8.8.4) into the tables of their tracks.
 *
 * The runs must follow each other without a gap and fill the sample data behind: so ffmpeg writes them,
 * and so a damaged size or a missing run cannot go unseen.
 * @throws DamagedMp4
 */
export function readFragment(body: Uint8Array, place: FragmentPlace, tracks: readonly FragmentedTrack[]): void {
  const moof = new Contents(body, 'moof', ['mfhd', 'traf']);
  const mfhd = new Fields(moof.one('mfhd'), 'mfhd');
  mfhd.versionAndFlags(0);
  const sequence = mfhd.u32();
  if (sequence !== place.sequence) damaged(`fragment ${place.sequence} says it is number ${sequence}`);
  let used = 0;
  for (const body of moof.all('traf')) {
    const traf = new Contents(body, 'traf', ['tfhd', 'tfdt', 'trun']);
    const { track, defaults } = readTrackHeader(traf.one('tfhd'), tracks);
    let decodeTime = readDecodeTime(traf.maybe('tfdt')) ?? track.samples.mediaDuration;
    for (const run of traf.all('trun')) {
      const read = readRun(run, { track, defaults, place, used, decodeTime });
      track.samples.addChunk(place.dataBefore + used, read.samples);
      used = read.used;
      decodeTime = read.decodeTime;
    }
  }
  if (used !== place.dataBytes) damaged(`fragment ${sequence} describes ${used} of ${place.dataBytes} bytes`);
}

/** tfhd, clause 8.8.7. */
function readTrackHeader(
  body: Uint8Array,
  tracks: readonly FragmentedTrack[],
): { track: FragmentedTrack; defaults: SampleDefaults } {
  const fields = new Fields(body, 'tfhd');
  const { flags } = fields.versionAndFlags(0);
  if (!(flags & TFHD.baseIsMoof)) damaged("'tfhd' does not count from its fragment (default-base-is-moof)");
  if (flags & ~TFHD.known) damaged(`'tfhd' has the unknown flags ${flags.toString(16)}`);
  const id = fields.u32();
  const track = tracks.find((track) => track.id === id) ?? damaged(`a fragment is of the unknown track ${id}`);
  if (flags & TFHD.description && fields.u32() !== 1) damaged(`track ${id} changes its sample description`);
  const defaults = {
    duration: flags & TFHD.duration ? fields.u32() : track.defaults.duration,
    size: flags & TFHD.size ? fields.u32() : track.defaults.size,
    flags: flags & TFHD.flags ? fields.u32() : track.defaults.flags,
  };
  fields.end();
  return { track, defaults };
}

/** tfdt, clause 8.8.12. @returns ticks of the track */
function readDecodeTime(body: Uint8Array | undefined): number | undefined {
  if (!body) return undefined;
  const fields = new Fields(body, 'tfdt');
  const { version } = fields.versionAndFlags(1);
  const time = version === 1 ? fields.u64() : fields.u32();
  fields.end();
  return time;
}

interface RunStart {
  readonly track: FragmentedTrack;
  readonly defaults: SampleDefaults;
  readonly place: FragmentPlace;
  /** Bytes of the fragment's sample data that earlier runs describe. */
  readonly used: number;
  readonly decodeTime: number;
}

/** trun, clause 8.8.8. */
function readRun(
  body: Uint8Array,
  { track, defaults, place, used, decodeTime }: RunStart,
): { samples: number; used: number; decodeTime: number } {
  const fields = new Fields(body, 'trun');
  const { version, flags } = fields.versionAndFlags(1);
  if (flags & ~TRUN_KNOWN) damaged(`'trun' has the unknown flags ${flags.toString(16)}`);
  const samples = fields.u32();
  if (samples < 1 || samples > MAX_RUN_SAMPLES) damaged(`'trun' has ${samples} samples`);
  if (!(flags & TRUN.dataOffset) || fields.i32() !== place.dataOffset + used)
    damaged(`the data of fragment ${place.sequence} is not where its runs end`);
  const firstFlags = flags & TRUN.firstFlags ? fields.u32() : undefined;
  for (let index = 0; index < samples; index++) {
    const duration = flags & TRUN.duration ? fields.u32() : defaults.duration;
    const size = flags & TRUN.size ? fields.u32() : defaults.size;
    const own = flags & TRUN.flags ? fields.u32() : defaults.flags;
    const sampleFlags = index === 0 ? (firstFlags ?? own) : own;
    const offset = flags & TRUN.offset ? fields.i32() : 0;
    if (version === 0 && offset < 0) damaged('a composition offset is impossibly large');
    used += size;
    if (used > place.dataBytes) damaged(`fragment ${place.sequence} describes more data than it has`);
    track.samples.add(decodeTime, duration, size, offset, !(sampleFlags & NON_SYNC));
    decodeTime += duration;
  }
  fields.end();
  return { samples, used, decodeTime };
}
