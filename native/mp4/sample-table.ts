import { ascii, damaged, fullBox, uint32s, UINT32_MAX } from './boxes.ts';

/** Numbers in four or eight bytes each: an hour of pictures is a few hundred thousand of them. */
class Column {
  length = 0;

  constructor(private values: Uint32Array | Float64Array) {}

  push(value: number): void {
    if (this.length === this.values.length) {
      const grown =
        this.values instanceof Uint32Array ? new Uint32Array(this.length * 2) : new Float64Array(this.length * 2);
      grown.set(this.values);
      this.values = grown;
    }
    this.values[this.length++] = value;
  }

  at(index: number): number {
    return this.values[index]!;
  }

  setLast(value: number): void {
    this.values[this.length - 1] = value;
  }
}

const FIRST_ROOM = 1024;
const words = () => new Column(new Uint32Array(FIRST_ROOM));
const offsets = () => new Column(new Float64Array(FIRST_ROOM));

/** Equal values in a row as one entry, as stts, ctts and stsc keep them. */
class RunLengths {
  readonly counts = words();
  readonly values = words();

  push(value: number): void {
    const last = this.counts.length - 1;
    if (last >= 0 && this.values.at(last) === value) {
      this.counts.setLast(this.counts.at(last) + 1);
      return;
    }
    this.counts.push(1);
    this.values.push(value);
  }
}

/** `entries` rows of 32-bit numbers behind a count, the shape of every table of clauses 8.6 and 8.7. */
function table(entries: number, columns: readonly ((row: number) => number)[]): Uint8Array {
  const bytes = new Uint8Array(4 + entries * columns.length * 4);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, entries);
  let at = 4;
  for (let row = 0; row < entries; row++) {
    for (const column of columns) {
      view.setUint32(at, column(row));
      at += 4;
    }
  }
  return bytes;
}

/**
 * All samples of one track, in columns; times in ticks of the track. Fill it in decoding order, then
 * {@link close} it.
 */
export class SampleTable {
  private readonly durations = new RunLengths();
  private readonly compositionOffsets = new RunLengths();
  private readonly sizes = words();
  private readonly syncSamples = words();
  private readonly chunkStarts = offsets();
  private readonly chunkSamples = new RunLengths();
  private lastDecodeTime = 0;
  private lastDuration = 0;
  private hasOffsets = false;
  private hasNegativeOffsets = false;
  private uniformSize = true;
  /** Presentation of the first sample, and the latest end of any, on the time line of the media. */
  firstPresentation = 0;
  presentationEnd = 0;

  get count(): number {
    return this.sizes.length;
  }

  /** Where decoding stands: the sum of all durations, clause 8.4.2.3. */
  get mediaDuration(): number {
    return this.lastDecodeTime + this.lastDuration;
  }

  /**
   * A sample lasts until the next one is decoded (clause 8.6.1.1): where a fragment begins later than the
   * one before says it ends, that time belongs to the last sample.
   * @throws DamagedMp4 when decoding does not begin at zero, or does not go forward
   */
  add(decodeTime: number, duration: number, size: number, compositionOffset: number, isSync: boolean): void {
    if (size < 1) damaged('a sample is empty');
    if (this.count === 0) {
      if (decodeTime !== 0) damaged(`a track begins at ${decodeTime} instead of at zero`);
      this.firstPresentation = compositionOffset;
    } else {
      const delta = decodeTime - this.lastDecodeTime;
      if (delta < 1 || delta > UINT32_MAX) damaged(`decoding times jump by ${delta}`);
      this.durations.push(delta);
      this.uniformSize &&= size === this.sizes.at(0);
    }
    this.lastDecodeTime = decodeTime;
    this.lastDuration = duration;
    this.presentationEnd = Math.max(this.presentationEnd, decodeTime + compositionOffset + duration);
    this.sizes.push(size);
    this.hasOffsets ||= compositionOffset !== 0;
    this.hasNegativeOffsets ||= compositionOffset < 0;
    this.compositionOffsets.push(compositionOffset >>> 0);
    if (isSync) this.syncSamples.push(this.count);
  }

  /** @param start in bytes from the beginning of all sample data */
  addChunk(start: number, samples: number): void {
    this.chunkStarts.push(start);
    this.chunkSamples.push(samples);
  }

  /** @throws DamagedMp4 when there are no samples */
  close(): void {
    if (this.count === 0) damaged('a track has no samples');
    this.durations.push(this.lastDuration);
  }

  /**
   * What describes the samples in `stbl`, in ffmpeg's order.
   * @param dataStart where the sample data begins in the file, in bytes
   * @param wide 64-bit chunk offsets
   */
  boxes(dataStart: number, wide: boolean): Uint8Array[] {
    return [
      ...this.runLengthBox('stts', 0, this.durations),
      ...this.syncBox(),
      ...(this.hasOffsets ? this.runLengthBox('ctts', this.hasNegativeOffsets ? 1 : 0, this.compositionOffsets) : []),
      ...this.samplesToChunks(),
      ...this.sampleSizes(),
      ...this.chunkOffsets(dataStart, wide),
    ];
  }

  /** Every sound sample needs the one before to be decoded right: roll distance -1, clause 10.1. */
  preRollBoxes(): Uint8Array[] {
    const roll = ascii('roll');
    return [
      ...fullBox('sgpd', 1, 0, roll, uint32s(2, 1), Uint8Array.of(0xff, 0xff)),
      ...fullBox('sbgp', 0, 0, roll, uint32s(1, this.count, 1)),
    ];
  }

  /** stts and ctts: clauses 8.6.1.2 and 8.6.1.3. */
  private runLengthBox(type: string, version: number, { counts, values }: RunLengths): Uint8Array[] {
    return fullBox(type, version, 0, table(counts.length, [(row) => counts.at(row), (row) => values.at(row)]));
  }

  /** Clause 8.6.2: left out where every sample is one. */
  private syncBox(): Uint8Array[] {
    const { length } = this.syncSamples;
    return length === this.count ? [] : fullBox('stss', 0, 0, table(length, [(row) => this.syncSamples.at(row)]));
  }

  /** Clause 8.7.4; one sample description only. */
  private samplesToChunks(): Uint8Array[] {
    const { counts, values } = this.chunkSamples;
    let first = 1;
    const firstChunk = (row: number) => (row === 0 ? first : (first += counts.at(row - 1)));
    return fullBox('stsc', 0, 0, table(counts.length, [firstChunk, (row) => values.at(row), () => 1]));
  }

  /** Clause 8.7.3. */
  private sampleSizes(): Uint8Array[] {
    if (this.uniformSize) return fullBox('stsz', 0, 0, uint32s(this.sizes.at(0), this.count));
    return fullBox('stsz', 0, 0, uint32s(0), table(this.count, [(row) => this.sizes.at(row)]));
  }

  /** Clause 8.7.5. */
  private chunkOffsets(dataStart: number, wide: boolean): Uint8Array[] {
    const low = (row: number) => dataStart + this.chunkStarts.at(row);
    const high = (row: number) => Math.floor(low(row) / 2 ** 32);
    const type = wide ? 'co64' : 'stco';
    return fullBox(type, 0, 0, table(this.chunkStarts.length, wide ? [high, low] : [low]));
  }
}
