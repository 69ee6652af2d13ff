import { keptRanges } from '../../core/plan/plan.ts';
import { clipWords, type Cue } from '../../core/subtitles/cue.ts';
import type { CaseView } from '../../electron/ipc/views.ts';
import { planOf } from './plan.ts';

/** Subtitles that go along with the clip, in its own time. */
export function wordsOfClip(view: CaseView): readonly Cue[] {
  const { analysis, state } = view;
  const cues = state.decisions?.subtitles.cues ?? [];
  const result = analysis && cues.length > 0 ? planOf(view, analysis, state.decisions) : undefined;
  return result?.ok ? clipWords(cues, { ...result.plan, kept: keptRanges(result.plan) }) : [];
}
