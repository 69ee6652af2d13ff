/** Levels of room tone there are, in dBFS (RMS): it is chosen among these, never fitted to a recording. */
export const ROOM_TONE_LEVELS = [-66, -60, -54] as const;
export type RoomToneLevel = (typeof ROOM_TONE_LEVELS)[number];

/** Above this it falls by 6 dB an octave, like the hum of a room, in Hz. */
const CORNER = 1000;

/**
 * Noise that stands where nothing of the recording may be heard. Without it a listener hears the sound "fall away",
 * and with the recording's own background something could be amplified back. It is made of numbers alone; which
 * ones, a seed says: the same for one job, so that one which goes on writes the same bytes, and others for another, so
 * that a clip which is brought in anew is not taken for its own noise.
 */
export class RoomTone {
  private state: number;
  private low = 0;
  private readonly keep: number;
  private readonly scale: number;

  /** @param level absent: silence, as loudness is measured with */
  constructor(level: RoomToneLevel | undefined, sampleRate: number, seed: number) {
    // Of 0 nothing would come but 0.
    this.state = seed | 1;
    this.keep = Math.exp((-2 * Math.PI * CORNER) / sampleRate);
    // Variance of uniform noise in -1..1 is 1/3, and a one-pole low-pass leaves (1-k)/(1+k) of it.
    const deviation = Math.sqrt((1 - this.keep) / (1 + this.keep) / 3);
    this.scale = level === undefined ? 0 : 10 ** (level / 20) / deviation;
  }

  next(): number {
    // xorshift32 (Marsaglia 2003).
    let { state } = this;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.state = state;
    this.low = this.keep * this.low + (1 - this.keep) * (state / 0x80000000);
    return this.low * this.scale;
  }
}
