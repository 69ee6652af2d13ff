import { checkpointOf } from '../../core/audit/chain.ts';
import type { DeliveryPlan } from '../../core/delivery/journal.ts';
import { ExportManifest, PAPERS } from '../../core/delivery/manifest.ts';
import type { Paper } from '../../core/delivery/portal.ts';
import { fail } from '../../core/errors.ts';
import { valid } from '../../core/valid.ts';
import { sha256, signText } from '../vault/signing.ts';
import type { Session } from '../vault/vault.ts';
import type { OpenGate } from './gate.ts';

/** What goes along with a clip: manifest, its signature, and digests that `sha256sum -c` reads. */
export function papersFor(session: Session, plan: DeliveryPlan, { signed, target, approval }: OpenGate): Paper[] {
  const { person, signingKey } = session.keys;
  const { vault } = session;
  const last = session.entries().at(-1) ?? fail({ code: 'log-damaged', line: 0 });
  const { id, name, platform, host } = target;
  const { document, signature, verifyKey, purpose } = approval;
  const manifest: ExportManifest = valid(ExportManifest, {
    format: 'onherkenbaar-manifest/1',
    delivery: plan.delivery,
    school: signed.profile.school,
    board: signed.profile.board,
    target: { id, name, platform, host },
    purpose,
    clip: {
      ...{ name: plan.name, sha256: plan.sha256, size: plan.size },
      milliseconds: Math.round(document.coverage.seconds * 1000),
    },
    approval: { document, signature, verifyKey },
    profile: signed.hash,
    checkpoint: checkpointOf(vault.id, last),
    exportedAt: new Date().toISOString(),
    by: { id: person.id, role: person.role, verifyKey: person.verifyKey },
  });
  const text = Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`, 'utf8');
  const proof = Buffer.from(signText(signingKey, text), 'base64');
  const sums = [
    [plan.sha256, plan.name],
    [sha256(text), PAPERS.manifest],
    [sha256(proof), PAPERS.signature],
  ].map(([digest, file]) => `${digest}  ${file}\n`);
  return [
    { name: PAPERS.manifest, bytes: text },
    { name: PAPERS.signature, bytes: proof },
    { name: PAPERS.sums, bytes: Buffer.from(sums.join(''), 'utf8') },
  ];
}
