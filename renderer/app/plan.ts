import type { Decisions } from '../../core/decision/decisions.ts';
import { NO_DECISIONS } from '../../core/decision/decisions.ts';
import { buildPlan, type PlanResult } from '../../core/plan/plan.ts';
import { soundWanted } from '../../core/sound/allowed.ts';
import type { AnalysisView, CaseView } from '../../electron/ipc/views.ts';

/** The very plan that would be rendered, so that what is shown is what will be made. */
export function planOf(view: CaseView, analysis: AnalysisView, decisions: Decisions | undefined): PlanResult {
  const { width, height, rate } = view;
  return buildPlan({
    width,
    height,
    rate,
    sourceFrames: analysis.frameCount,
    analysedFrames: analysis.frameCount,
    analysisId: analysis.id,
    tracks: analysis.tracks,
    sceneCuts: analysis.cuts,
    decisions: decisions ?? NO_DECISIONS,
    style: 'mosaic',
    sound: view.sound === undefined ? 'off' : soundWanted(view.sound, decisions),
  });
}
