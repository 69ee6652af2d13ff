import { NO_DECISIONS, type Decisions } from '../core/decision/decisions.ts';
import { secondsOfFrame, toNumber } from '../core/media/frame-rate.ts';
import type { Recording } from '../core/media/recording.ts';
import { secondsOfSample, segmentsOf } from '../core/sound/speech.ts';
import { boxAt } from '../core/track/track.ts';
import type { AnalysedRecording } from '../native/analysis-stage.ts';
import type { Context } from './context.ts';

export interface PlanToShow extends AnalysedRecording {
  readonly recording: Recording;
  readonly decisions: Decisions | undefined;
}

/** Prints what would be hidden, by track, and the name of the analysis that decisions must carry. */
export function showPlan(
  { analysis, analysisId, heard, recording, decisions: made }: PlanToShow,
  context: Context,
): void {
  const { rate } = recording.video;
  const decisions = made ?? NO_DECISIONS;
  const rows = analysis.tracks.map((track) => ({
    id: track.id,
    from: Number(secondsOfFrame(track.start, rate).toFixed(2)),
    to: Number(secondsOfFrame(track.end + 1, rate).toFixed(2)),
    box: boxAt(track, Math.min(track.end, Math.max(track.start, track.bestFrame))),
    score: Number(track.bestScore.toFixed(3)),
    treatment: decisions.tracks[track.id] ?? ('hide' as const),
  }));
  const sounds = (heard ? segmentsOf(heard) : []).map(({ from, to, level, ...what }) => ({
    ...{ from: Number(secondsOfSample(from).toFixed(3)), to: Number(secondsOfSample(to).toFixed(3)) },
    ...{ ...what, level: Math.round(level) },
  }));
  if (context.asJson) {
    const frames = analysis.frameCount;
    context.output.json({ event: 'plan', analysis: analysisId, frames, tracks: rows, sound: sounds });
    return;
  }
  const { texts, output } = context;
  output.say(texts.analysis(analysisId));
  output.say(texts.found(rows.length, (analysis.frameCount / toNumber(rate)).toFixed(1)));
  for (const row of rows) {
    const treatment = texts.treatment[row.treatment];
    output.say(texts.track(row.id, row.from.toFixed(2), row.to.toFixed(2), Math.round(row.box?.h ?? 0), treatment));
  }
  if (!heard) return;
  output.say(texts.heard(sounds.filter(({ kind }) => kind === 'speech').length));
  for (const { from, to, kind, level, hint } of sounds)
    output.say(texts.sound(from.toFixed(2), to.toFixed(2), texts.kind[kind], level, hint && texts.hint[hint]));
}
