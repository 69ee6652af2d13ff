import { fail } from '../core/errors.ts';
import { toNumber } from '../core/media/frame-rate.ts';
import type { Recording } from '../core/media/recording.ts';
import type { SoundMode } from '../core/sound/sound-plan.ts';
import type { Quality } from './analysis.ts';
import { BUFFER_SECONDS } from './ffmpeg/encode-args.ts';
import { SEGMENT_SECONDS } from './segments.ts';

/** Bits a second of what holds a clip together, and of its sound at the most (encode-args.ts). */
const BESIDE_PICTURE = { container: 52_000, sound: 228_000 };
/** Below it too little of a lesson would be left to judge. A rule of thumb: not measured on lessons. */
const LEAST_BITS_PER_PIXEL = 0.02;

/**
 * The same quality, but for a clip of so many bytes at the most: for a target that takes no more. Masks, decisions
 * and checks stay as they are; only the picture gets fewer bits. What was cut makes the clip smaller still.
 * @param sound what is to be heard of it
 * @throws AppFailure `fit-too-small` rather than a clip on which nothing can be seen
 */
export function fitted(quality: Quality, bytes: number, recording: Recording, sound: SoundMode): Quality {
  const { durationSeconds, video, audio } = recording;
  const beside = BESIDE_PICTURE.container + (audio && sound !== 'off' ? BESIDE_PICTURE.sound : 0);
  // Each segment may go over its rate by what the encoder's buffer holds.
  const seconds = durationSeconds * (1 + BUFFER_SECONDS / SEGMENT_SECONDS) + BUFFER_SECONDS;
  const maxRate = Math.floor((bytes * 8) / seconds - beside);
  const least = video.width * video.height * toNumber(video.rate) * LEAST_BITS_PER_PIXEL;
  if (maxRate < least) return fail({ code: 'fit-too-small', least: ((least + beside) * seconds) / 8 });
  return { ...quality, encoder: { ...quality.encoder, maxRate } };
}
