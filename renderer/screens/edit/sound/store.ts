import { create } from 'zustand';
import type { Seconds } from '../../../../core/decision/edit.ts';
import { segmentsOf, type HeardSegment, type HeardSound } from '../../../../core/sound/speech.ts';
import { turnsOf, type Turn } from '../../../../core/sound/turns.ts';
import { Played } from './played.ts';

/** What comes out of the loudspeaker: nothing, the recording, or what the clip will have of it. */
export const LISTENING = ['off', 'all', 'clip'] as const;
export type Listening = (typeof LISTENING)[number];
export const SPEEDS = [1, 1.5, 2] as const;
/** Which turns are shown and gone through. */
export const ONLY = ['all', 'open', 'near', 'far'] as const;
export type Only = (typeof ONLY)[number];

/** Which half of the panel is shown. */
export const SIDES = ['turns', 'subtitles'] as const;

interface Unheard {
  readonly range: Seconds;
  readonly seconds: number;
  /** When that was asked, in milliseconds of the page. */
  readonly at: number;
}

interface SoundPart {
  readonly side: (typeof SIDES)[number];
  /** Number of the turn that is chosen; it is let go when the playhead leaves it. */
  readonly chosen: number | undefined;
  /** Counts how often one was chosen: also when it is the same one anew. */
  readonly choice: number;
  /** Some of it was heard since it was chosen, and by now next to all of it: before that it can't be kept. */
  readonly listened: boolean;
  /** It was to be kept before it was heard. */
  readonly notYet: boolean;
  /** The marked stretch that was to be kept though so many seconds of it were never heard; asked for again it is. */
  readonly unheard: Unheard | undefined;
  readonly listening: Listening;
  readonly speed: (typeof SPEEDS)[number];
  /** Where playing stops, in seconds of the recording. */
  readonly until: number | undefined;
  readonly only: Only;
}

export interface SoundState extends SoundPart {
  readonly heard: HeardSound | undefined;
  readonly segments: readonly HeardSegment[];
  readonly turns: readonly Turn[];
  /** Grows without telling: sixty times a second nothing else would change. */
  readonly played: Played;
  /** Begins with a recording; what was chosen of the one before it is forgotten. */
  hear(heard: HeardSound | undefined): void;
  set(part: Partial<SoundPart>): void;
}

const BEGIN: SoundPart = {
  side: 'turns',
  chosen: undefined,
  choice: 0,
  listened: false,
  notYet: false,
  unheard: undefined,
  listening: 'off',
  speed: 1,
  until: undefined,
  only: 'all',
};

/** Whether what was asked back is about the stretch that is marked now. */
export function isSame({ range }: Unheard, marked: Seconds): boolean {
  return range.from === marked.from && range.to === marked.to;
}

/** The part of the editor that is listened to. */
export const useSound = create<SoundState>()((set, get) => ({
  ...BEGIN,
  heard: undefined,
  segments: [],
  turns: [],
  played: new Played(),
  hear(heard) {
    if (heard === get().heard) return;
    const segments = heard ? segmentsOf(heard) : [];
    set({ ...BEGIN, heard, segments, turns: turnsOf(segments), played: new Played() });
  },
  set: (part) => set(part),
}));
