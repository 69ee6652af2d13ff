import type { HeardSound } from '../../core/sound/speech.ts';
import { decodeAudioArgs, type SoundStream } from '../ffmpeg/decode-args.ts';
import type { Ffmpeg } from '../ffmpeg/locate.ts';
import { readPcm } from './pcm.ts';
import { SPEECH_RATE, SpeechDetector, type Heard } from './speech-detector.ts';

/** Below this nothing is told apart, in dBFS. */
const FLOOR = -100;

/**
 * Where in a recording somebody speaks, and how loud it is; who it is, nobody asks.
 * @throws AppFailure `model-missing`, `model-changed`, `ffmpeg-failed`, `cancelled`
 */
export async function hearRecording(source: SoundStream, tools: Ffmpeg, signal?: AbortSignal): Promise<HeardSound> {
  const levels: number[] = [];
  const speech: number[] = [];
  const note = ({ samples, speech: probability }: Heard) => {
    const energy = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    const level = energy > 0 ? Math.max(FLOOR, 10 * Math.log10(energy)) : FLOOR;
    levels.push(Math.min(-FLOOR, Math.round(level - FLOOR)));
    speech.push(Math.round(probability * 255));
  };
  const detector = await SpeechDetector.open();
  try {
    const args = decodeAudioArgs(source, 1, SPEECH_RATE);
    for await (const piece of readPcm(tools, args, 1, signal))
      for await (const heard of detector.listen(piece)) note(heard);
    for await (const heard of detector.finish()) note(heard);
  } finally {
    await detector.close();
  }
  return { levels: Uint8Array.from(levels), speech: Uint8Array.from(speech) };
}
