import type { DeliveryError } from './delivery/errors.ts';
import type { DeskError } from './desk/errors.ts';
import type { IncidentError } from './incidents/errors.ts';
import type { QueueError } from './queue/errors.ts';
import type { RegisterError } from './register/errors.ts';
import type { RequestError } from './requests/errors.ts';
import type { KeepingError } from './retention/errors.ts';
import type { SoundMode } from './sound/sound-plan.ts';
import type { PossibleName } from './subtitles/names.ts';
import type { VaultError } from './vault/errors.ts';

/**
 * Every expected failure of the engine. A code carries data, never words: the CLI and, later, the
 * renderer choose the sentence in the user's language.
 */
export type AppError =
  | VaultError
  | DeskError
  | DeliveryError
  /** `seconds`: length of the file. */
  | { code: 'import-fragment'; seconds: number }
  | { code: 'import-not-trimmed' }
  | QueueError
  | RegisterError
  | RequestError
  | IncidentError
  | KeepingError
  | { code: 'input-missing' }
  | { code: 'input-not-a-file' }
  | { code: 'input-empty' }
  | { code: 'input-unreadable' }
  | { code: 'input-not-media' }
  | { code: 'input-encrypted' }
  | { code: 'input-no-video' }
  | { code: 'input-still-picture' }
  | { code: 'input-too-small'; width: number; height: number }
  | { code: 'input-too-large'; width: number; height: number }
  | { code: 'input-no-frames' }
  | { code: 'input-timestamps'; seconds: number; frames: number }
  | { code: 'input-changed' }
  | { code: 'input-hdr-unsupported' }
  | { code: 'input-stream-unsupported' }
  | { code: 'output-exists' }
  | { code: 'output-is-input' }
  | { code: 'output-folder-missing' }
  | { code: 'output-not-writable' }
  | { code: 'output-extension'; extension: string }
  /** What a paper for the school may end in, such as `.pdf`. */
  | { code: 'paper-extension'; endings: readonly string[] }
  | { code: 'disk-full' }
  | { code: 'decisions-missing' }
  | { code: 'decisions-invalid'; where: string; problem: string }
  | { code: 'decisions-other-analysis'; expected: string; found: string }
  | { code: 'decisions-unknown-track'; track: string }
  | { code: 'plan-cuts-everything' }
  /** `least`: what it would have to be at the least, in bytes. */
  | { code: 'fit-too-small'; least: number }
  | { code: 'ffmpeg-missing' }
  | { code: 'ffmpeg-unusable'; path: string; lacks: string }
  | { code: 'ffmpeg-failed'; stage: FfmpegStage; detail: string }
  | { code: 'model-missing'; model: string }
  | { code: 'model-changed'; model: string }
  | { code: 'model-unknown'; path: string }
  | { code: 'nothing-to-resume' }
  | { code: 'job-other-settings' }
  | { code: 'job-in-use' }
  | { code: 'verification-failed'; findings: number }
  | { code: 'subtitles-words-missing'; path: string }
  /** `line`: from 1; 0 where there is no cue at all. */
  | { code: 'subtitles-invalid'; line: number }
  | { code: 'subtitles-names'; names: readonly PossibleName[] }
  | { code: 'sound-missing' }
  | { code: 'sound-nothing-kept' }
  | { code: 'sound-not-allowed'; allowed: SoundMode }
  | { code: 'cancelled' };

export type FfmpegStage = 'probe' | 'decode' | 'encode' | 'audio' | 'mux' | 'still';

/** Carries an {@link AppError} up to the one place that turns it into words and an exit code. */
export class AppFailure extends Error {
  constructor(readonly error: AppError) {
    super(error.code);
    this.name = 'AppFailure';
  }
}

/** @throws AppFailure always; typed `never` so that it reads as the end of a branch. */
export function fail(error: AppError): never {
  throw new AppFailure(error);
}

/** @throws AppFailure `cancelled` once the signal is aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) fail({ code: 'cancelled' });
}
