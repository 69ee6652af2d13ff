import { SAMPLE_RATE } from '../../core/media/frame-rate.ts';
import { HEARD_SAMPLES } from '../../core/sound/speech.ts';
import { loadSpeechModel } from '../../models/speech.ts';
import { openSpeechNetwork, type SpeechNetwork } from '../onnx/session.ts';

/** What the network listens to, in Hz. */
export const SPEECH_RATE = 16_000;
/** Samples at {@link SPEECH_RATE} of one answer, and of the sound before that it wants to hear along. */
export const WINDOW = (HEARD_SAMPLES * SPEECH_RATE) / SAMPLE_RATE;
const CONTEXT = 64;

/** Cuts a stream of mono samples into windows, and asks of each whether somebody speaks. */
export class SpeechDetector {
  private readonly input = new Float32Array(CONTEXT + WINDOW);
  private filled = 0;

  private constructor(private readonly network: SpeechNetwork) {}

  /** @throws AppFailure `model-missing`, `model-changed` */
  static async open(): Promise<SpeechDetector> {
    return new SpeechDetector(await openSpeechNetwork(loadSpeechModel()));
  }

  /** @param samples at {@link SPEECH_RATE} @returns windows and what they were taken for, as they fill up */
  async *listen(samples: Float32Array): AsyncGenerator<Heard> {
    for (let at = 0; at < samples.length;) {
      const count = Math.min(WINDOW - this.filled, samples.length - at);
      this.input.set(samples.subarray(at, at + count), CONTEXT + this.filled);
      this.filled += count;
      at += count;
      if (this.filled === WINDOW) yield await this.ask();
    }
  }

  /** What is left of the last window. */
  async *finish(): AsyncGenerator<Heard> {
    if (this.filled === 0) return;
    this.input.fill(0, CONTEXT + this.filled);
    yield await this.ask();
  }

  close(): Promise<void> {
    return this.network.release();
  }

  private async ask(): Promise<Heard> {
    const window = this.input.slice();
    const speech = await this.network.hear(window);
    this.input.copyWithin(0, WINDOW);
    this.filled = 0;
    return { samples: window.subarray(CONTEXT), speech };
  }
}

export interface Heard {
  readonly samples: Float32Array;
  /** Probability. */
  readonly speech: number;
}
