import type { AuditEntry } from '../../core/audit/entry.ts';
import { fail } from '../../core/errors.ts';
import { recordOf } from '../../core/papers/record.ts';
import type { RecordSource, SealedPart } from '../../core/papers/record-source.ts';
import { keepingFacts } from '../../core/retention/terms.ts';
import { CaseFiles } from '../desk/case-files.ts';
import { validApproval } from '../vault/approval.ts';
import { withDossier } from '../vault/case-job.ts';
import { canonical, sha256 } from '../vault/signing.ts';
import type { Session } from '../vault/vault.ts';
import { writePaperPdf } from './paper-pdf.ts';
import { requireTarget, type PaperWish } from './target.ts';

export interface WrittenRecord {
  /** `log`: only the log spoke. */
  readonly from: 'dossier' | 'log';
  /** The last line of the log that is in it. */
  readonly seq: number;
  readonly hash: string;
}

/**
 * Writes the record of a dossier (M6). Whoever lacks its key, and whoever asks after the wipe, gets what the
 * log tells, and is told what is not in there.
 * @throws AppFailure `dossier-unknown`, `dossier-busy`, `vault-item-damaged`, and what {@link requireTarget} throws
 */
export async function writeRecord(
  session: Session,
  dossier: string,
  wish: PaperWish,
  signal?: AbortSignal,
): Promise<WrittenRecord> {
  requireTarget(session.vault.root, wish, ['.pdf']);
  const source = await recordSource(session, dossier, signal);
  await writePaperPdf(recordOf(source, wish.language), wish.file);
  const { seq, hash } = source.entries.at(-1) ?? fail({ code: 'log-damaged', line: 1 });
  return { from: typeof source.sealed === 'string' ? 'log' : 'dossier', seq, hash };
}

async function recordSource(session: Session, dossier: string, signal?: AbortSignal): Promise<RecordSource> {
  const sealed = await sealedOf(session, session.entries(), dossier, signal);
  const people = [...session.vault.people().values()];
  return {
    vault: session.vault.id,
    dossier,
    sealed,
    // Anew: a line may have come while the clip was read.
    entries: session.entries(),
    people: new Map(people.map(({ person: { id, name, role } }) => [id, { name, role }])),
    madeAt: new Date().toISOString(),
  };
}

async function sealedOf(
  session: Session,
  entries: readonly AuditEntry[],
  dossier: string,
  signal: AbortSignal | undefined,
): Promise<RecordSource['sealed']> {
  const known = keepingFacts(entries).get(dossier) ?? fail({ code: 'dossier-unknown', dossier });
  if (known.wipe !== 'none') return 'gone';
  if (!session.keyring.accessOf(dossier).includes(session.keys.person.id)) return 'no-key';
  return withDossier(session, dossier, signal, async (opened): Promise<SealedPart> => {
    const files = new CaseFiles(opened);
    const { state } = opened;
    const approval = await validApproval(session, dossier, state, await files.report(), await files.clip());
    return { state, approval, resolutions: sha256(canonical(state.resolutions)) };
  });
}
