import type {
  Certificate,
  CertificateBody,
  OpenTask,
  WipedRecording,
  WipeStepResult,
} from '../../core/vault/certificate.ts';
import { checkpointOf } from '../../core/audit/chain.ts';
import { writeJson } from '../store/atomic.ts';
import { canonical, sha256, signText, verifyText } from '../vault/signing.ts';
import type { Session } from '../vault/vault.ts';
import { writeCertificatePdf } from './certificate-pdf.ts';
import { probeStorage, type StorageFacts } from '../disk/storage.ts';

export interface WipeRecord {
  readonly dossier: string;
  readonly rule: string;
  readonly begunAt: string;
  readonly recording: WipedRecording;
  readonly steps: readonly WipeStepResult[];
  readonly complete: boolean;
}

/** Copies that may be anywhere; the app can not see them, so they are always named. */
function openTasks({ snapshots, copyOnWrite, medium }: StorageFacts): OpenTask[] {
  const versions = snapshots === 'seen' || copyOnWrite === true || medium === 'network';
  return ['card', 'phone', 'backups', ...(versions ? ['snapshots' as const] : [])];
}

/** Logs the end of a wipe, and writes the certificate (JSON and PDF) that is bound to that place in the log. */
export async function writeCertificate(session: Session, record: WipeRecord): Promise<Certificate> {
  const facts = await probeStorage(session.folder('dossiers'));
  const { fileSystem, medium, snapshots, overwriteReliable } = facts;
  const { id, role, name } = session.keys.person;
  const body: CertificateBody = {
    version: 1,
    vault: session.vault.id,
    dossier: record.dossier,
    recording: record.recording,
    rule: record.rule,
    begunAt: record.begunAt,
    endedAt: new Date().toISOString(),
    complete: record.complete,
    steps: [...record.steps],
    medium: { fileSystem, medium, snapshots, overwriteReliable },
    by: { id, role, name },
    openTasks: openTasks(facts),
  };
  const entry = await session.noteAlone({
    event: 'wiped',
    dossier: record.dossier,
    complete: record.complete,
    certificate: sha256(canonical(body)),
  });
  const checkpoint = checkpointOf(session.vault.id, entry);
  const signature = signText(session.keys.signingKey, canonical({ body, checkpoint }));
  const certificate: Certificate = { body, checkpoint, signature };
  const file = session.folder('certificates', record.dossier);
  writeJson(`${file}.json`, certificate);
  // For people to read; the one that counts is written, and a PDF that someone has open may be in the way.
  await writeCertificatePdf(certificate, `${file}.pdf`).catch(() => {});
  return certificate;
}

/** @param key of who signed it, from the log */
export function certificateHolds({ body, checkpoint, signature }: Certificate, key: string): boolean {
  return verifyText(key, canonical({ body, checkpoint }), signature);
}
