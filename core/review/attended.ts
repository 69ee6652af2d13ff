import { keptRanges, type ValidPlan } from '../plan/plan.ts';
import { heardInClip } from '../sound/clip-window.ts';
import { clipWords, type Cue } from '../subtitles/cue.ts';
import type { Stretch } from './coverage.ts';

/**
 * Where a clip, in its seconds, has something of the recording's sound, or words: a voice or a name nobody but who
 * listens or reads will find.
 */
export function attendedInClip(plan: ValidPlan, cues: readonly Cue[]): Stretch[] {
  const words = clipWords(cues, { ...plan, kept: keptRanges(plan) });
  return [...heardInClip(plan), ...words].map(({ from, to }) => ({ from, to }));
}
