import { NO_DECISIONS } from '../../core/decision/decisions.ts';
import { fail } from '../../core/errors.ts';
import { outcomeOf } from '../../core/papers/findings.ts';
import { figuresOf } from '../../core/papers/footage-figures.ts';
import { honestyOf, type HonestySource } from '../../core/papers/honesty.ts';
import { loadAnalysis } from '../analysis-file.ts';
import { CaseFiles } from '../desk/case-files.ts';
import type { Ffmpeg } from '../ffmpeg/locate.ts';
import { probeMedia } from '../ffmpeg/probe.ts';
import { planFor } from '../plan-inputs.ts';
import { withDossier } from '../vault/case-job.ts';
import { ORIGINAL, type Dossier } from '../vault/dossier.ts';
import type { Session } from '../vault/vault.ts';
import { writePaperPdf } from './paper-pdf.ts';
import { requireTarget, type PaperWish } from './target.ts';

export type WrittenHonesty = Pick<HonestySource['figures'], 'facesPerMinute' | 'manyFaces' | 'tracks'> & {
  readonly findings: number;
};

/**
 * Writes the page on what was measured of a clip, for whoever may see it.
 * @throws AppFailure `act-not-allowed`, `access-denied`, `dossier-…`, `profile-…`, `desk-not-analysed`,
 * `vault-item-damaged`, and what {@link requireTarget} throws
 */
export async function writeHonesty(
  session: Session,
  dossier: string,
  wish: PaperWish,
  tools: Ffmpeg,
  signal?: AbortSignal,
): Promise<WrittenHonesty> {
  requireTarget(session.vault.root, wish, ['.pdf']);
  session.require('work');
  const source = await withDossier(session, dossier, signal, async (opened, stop) => {
    await session.noteAlone({ event: 'footage-opened', dossier, purpose: 'work' });
    return honestySource(session, opened, tools, stop);
  });
  await writePaperPdf(honestyOf(source, wish.language), wish.file);
  const { facesPerMinute, manyFaces, tracks } = source.figures;
  return { facesPerMinute, manyFaces, tracks, findings: source.outcome.findings.length };
}

async function honestySource(session: Session, opened: Dossier, tools: Ffmpeg, signal: AbortSignal) {
  const { id, shelf, state } = opened;
  const { analysis, analysisId, model } = (await loadAnalysis(shelf)) ?? fail({ code: 'desk-not-analysed' });
  const recording = await probeMedia(shelf.address(ORIGINAL), state.bytes, tools, signal);
  const decisions = state.decisions ?? NO_DECISIONS;
  const result = planFor(recording, analysis, analysisId, decisions);
  const plan = result.ok ? result.plan : fail(result.error);
  const files = new CaseFiles(opened);
  const [report, clip] = [await files.report(), await files.clip()];
  const lines = session.entries().filter(({ what }) => 'dossier' in what && what.dossier === id);
  const made = lines.findLast(({ what }) => what.event === 'rendered' && what.sha256 === report?.sha256);
  const since = lines.some(({ what, seq }) => what.event === 'decided' && seq > (made?.seq ?? Infinity));
  return {
    dossier: id,
    figures: figuresOf(analysis, decisions, plan),
    model,
    report,
    outcome: outcomeOf(report, clip, since),
    hasClip: clip !== undefined,
    releasedBy: made && session.vault.people().get(made.by)?.person.name,
    madeAt: new Date().toISOString(),
  } satisfies HonestySource;
}
