import type { Decisions } from '../core/decision/decisions.ts';
import { fail } from '../core/errors.ts';
import type { Recording } from '../core/media/recording.ts';
import type { Analysis } from '../core/pipeline/analyse.ts';
import { buildPlan, type MaskStyle, type PlanResult, type ValidPlan } from '../core/plan/plan.ts';
import type { SoundMode } from '../core/sound/sound-plan.ts';
import type { AnalysedFrames } from './analysis.ts';

/** Everything that a plan follows from: whoever has the same comes to the same one. */
export interface PlanInputs {
  readonly analysis: AnalysedFrames;
  readonly analysisId: string;
  readonly decisions: Decisions;
  readonly style: MaskStyle;
  readonly sound: SoundMode;
}

/** What would be rendered of a recording. @param sound what becomes of it, where there is any */
export function planFor(
  { video, audio }: Recording,
  analysis: Pick<Analysis, 'frameCount' | 'tracks' | 'cuts'>,
  analysisId: string,
  decisions: Decisions,
  style: MaskStyle = 'mosaic',
  sound: SoundMode = 'off',
): PlanResult {
  return buildPlan({
    width: video.width,
    height: video.height,
    rate: video.rate,
    sourceFrames: analysis.frameCount,
    analysedFrames: analysis.frameCount,
    analysisId,
    tracks: analysis.tracks,
    sceneCuts: analysis.cuts,
    decisions,
    style,
    sound: audio ? sound : 'off',
  });
}

/** @throws AppFailure `decisions-…`, `plan-cuts-everything` */
export function planOf(recording: Recording, { analysis, analysisId, decisions, style, sound }: PlanInputs): ValidPlan {
  const result = planFor(recording, analysis, analysisId, decisions, style, sound);
  return result.ok ? result.plan : fail(result.error);
}
