import type { Box } from '../geometry/box.ts';
import type { SoundMode } from '../sound/sound-plan.ts';

/** One thing that was measured on the rendered file. */
export interface Check {
  readonly name: CheckName;
  readonly passed: boolean;
  /** What was measured and what it had to be, in the check's own unit. */
  readonly measured: number | string;
  readonly wanted: number | string;
}

export type CheckName =
  | 'frames'
  | 'duration'
  | 'timestamps'
  | 'picture-size'
  | 'codec'
  | 'colour'
  | 'streams'
  | 'metadata'
  | 'av-offset'
  | 'right-picture'
  | 'unreadable'
  | 'no-faces-left'
  /** Cues of the track that are not those that were decided on, word for word. */
  | 'subtitles'
  | SoundCheckName;

/** Of the clip's sound; a clip without sound has none of them. */
export type SoundCheckName =
  | 'sound-silent'
  | 'sound-unlike'
  | 'sound-right'
  | 'sound-in-time'
  | 'sound-joins'
  | 'sound-loudness'
  | 'sound-missing';

export type FindingKind = 'face-in-view' | 'readable-under-mask' | 'wrong-picture' | SoundFindingKind;

/** Not silent where it must be, speech heard there, or not what was kept. */
export type SoundFindingKind = 'sound-not-silent' | 'speech-heard' | 'wrong-sound';

/** Something to look at or, with the whole picture as its box, to listen to; in frames of the clip and pixels. */
export interface Finding {
  readonly kind: FindingKind;
  readonly frame: number;
  readonly seconds: number;
  readonly box: Box;
  /** Detector's probability, or the correlation with the original. */
  readonly value: number;
}

/** Bound to the very bytes that were looked at. */
export interface VerificationReport {
  readonly sha256: string;
  readonly checks: readonly Check[];
  readonly findings: readonly Finding[];
  /** Frames on which a detector looked for faces, and masks whose content was compared. */
  readonly framesSearched: number;
  readonly masksCompared: number;
  /**
   * Of all parts of all pictures that no mask touches, a 144th of a picture each: the largest difference between the
   * mean of the clip and that of the recording, in grey levels. Absent in reports of before.
   */
  readonly furthestField?: number | undefined;
  readonly detector: string;
  /** What the clip has of the recording's sound; reports of before this was kept lack it. */
  readonly sound?: SoundMode;
  /** How often the clip was made and checked in one go; reports of before this was kept lack it. */
  readonly rounds?: number;
  readonly passed: boolean;
}
