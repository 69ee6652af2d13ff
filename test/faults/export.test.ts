import { execFileSync } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Carrier } from '../../core/delivery/carrier.ts';
import { ExportManifest } from '../../core/delivery/manifest.ts';
import type { DossierEvent } from '../../core/dossier/events.ts';
import type { AuditEvent } from '../../core/audit/entry.ts';
import { checkExport, exportClip } from '../../native/delivery/export.ts';
import { withDossier } from '../../native/vault/case-job.ts';
import { noteAssessment, setHold } from '../../native/vault/keeping.ts';
import { signProfile } from '../../native/vault/profile.ts';
import { signText } from '../../native/vault/signing.ts';
import type { Session } from '../../native/vault/vault.ts';
import { wipeDossier } from '../../native/wipe/dossier-wipe.ts';
import { carrier } from '../../portals/carrier.ts';
import { approvedVault, copyOf, sharingProfile, type ApprovedVault } from '../fixtures/approved.ts';
import { HeardDesk } from '../fixtures/desk.ts';
import { emptyFolder, filesBelow, vaultFolder } from '../fixtures/vault.ts';

const TODAY = new Date().toISOString().slice(0, 10);
const folder = vaultFolder();
const root = join(folder.path, 'werk');
const to = join(folder.path, 'Jan Jansen uit');
let made: ApprovedVault;
let as: ReturnType<typeof copyOf>;
let trainee: Session;

beforeAll(async () => {
  made = await approvedVault(folder.path);
});
afterAll(() => folder.remove());

function fresh(vault: 'approved' | 'handedIn' = 'approved'): void {
  as = copyOf(made[vault], root);
  trainee = as(made.keys.trainee);
  emptyFolder(to);
}
const wish = (part: object = {}) => ({ target: 'hva', pageReadOn: TODAY, to, ...part });
const leave = (session = trainee, part: object = {}, by: Carrier = carrier) =>
  exportClip(session, made.dossier, wish(part), by);
const refused = (...reasons: string[]) => ({ error: { code: 'export-refused', reasons } });
const events = () => trainee.entries().map(({ what }) => what);
const clip = () => join(root, 'dossiers', made.dossier, 'clip.mp4');

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at]! ^= 1;
  writeFileSync(path, bytes);
}

/** Does something between the opening of the gate and the sending. */
const after = (work: () => Promise<unknown> | unknown): Carrier => ({
  ...carrier,
  async deliver(parcel, place, ports) {
    await work();
    return carrier.deliver(parcel, place, ports);
  },
});

/** Puts into a dossier what whoever may work in it could, with a client of their own. */
async function write(session: Session, ...lines: DossierEvent[]): Promise<void> {
  await withDossier(session, made.dossier, undefined, async (dossier) => {
    for (const line of lines) dossier.record(line);
    await Promise.resolve();
  });
}

describe('an approved clip', () => {
  it('leaves with papers that hold, once, and the log and the overview know it', async () => {
    fresh();
    const { delivery, name, sha256 } = await leave();
    expect(readdirSync(to)).toEqual([delivery]);
    const there = join(to, delivery);
    expect(readdirSync(there).sort()).toEqual([name, 'SHA256SUMS', 'manifest.json', 'manifest.json.sig'].sort());
    // Another program's opinion of the same bytes.
    const said = execFileSync('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: there, encoding: 'utf8' });
    expect(
      said
        .trim()
        .split('\n')
        .every((line) => line.endsWith(': OK')),
    ).toBe(true);
    const text = readFileSync(join(there, 'manifest.json'));
    const manifest = ExportManifest.parse(JSON.parse(text.toString('utf8')));
    expect(manifest).toMatchObject({
      ...{ delivery, purpose: 'teacher-training', school: 'Voorbeeldcollege', target: { id: 'hva' } },
      clip: { name, sha256 },
      approval: { document: { clip: sha256, by: made.keys.trainer.person.id } },
    });
    const x = Buffer.from(made.keys.trainee.person.verifyKey, 'base64').toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    expect(verify(null, text, key, readFileSync(join(there, 'manifest.json.sig')))).toBe(true);
    const at = trainee.entries().findIndex(({ hash }) => hash === manifest.checkpoint.hash);
    expect(at).toBe(manifest.checkpoint.seq - 1);
    expect(events().at(-1)).toMatchObject({ event: 'exported', delivery, target: 'hva', sha256 });
    await expect(leave()).rejects.toMatchObject({ error: { code: 'delivery-exists', delivery } });
    expect(readdirSync(to)).toEqual([delivery]);
    const other = await leave(as(made.keys.trainer), { target: 'vu' });
    expect(readdirSync(to).sort()).toEqual([delivery, other.delivery].sort());
    const heard = await HeardDesk.of(root, 'Dio');
    expect((await heard.desk.overview()).cases).toMatchObject([{ step: 'assess' }]);
    await noteAssessment(trainee, made.dossier, TODAY);
    expect((await heard.desk.overview()).cases).toMatchObject([{ step: 'wipe-assessed' }]);
    await heard.desk.lock();
  });

  it('goes without the name of anybody, and its journal and log without the place', async () => {
    fresh();
    await leave();
    const names = ['Dio', 'Sara', 'Beheer', '2V', 'breuken', 'Jansen', 'onherkenbaar-test'];
    // As a word: keys and signatures hold every three letters by chance.
    const word = (name: string) => new RegExp(`(?<![A-Za-z0-9+/])${name}(?![A-Za-z0-9+/=])`);
    const papers = filesBelow(to).filter((path) => !path.endsWith('.mp4'));
    const texts = [
      ...papers.map((path) => readFileSync(join(to, path), 'latin1')),
      ...filesBelow(join(root, 'deliveries')).map((path) => readFileSync(join(root, 'deliveries', path), 'latin1')),
      readFileSync(join(root, 'log', 'audit.jsonl'), 'latin1'),
    ];
    expect(texts.length).toBe(6);
    for (const text of texts) for (const each of names) expect(text).not.toMatch(word(each));
  });

  it('is not left in a vault, on a desktop or nowhere', async () => {
    fresh();
    const link = join(folder.path, 'link');
    if (!existsSync(link)) symlinkSync(join(root, 'dossiers'), link);
    for (const place of [root, join(root, 'certificates'), link])
      await expect(leave(trainee, { to: place })).rejects.toMatchObject({
        error: { code: 'export-place-refused', reason: 'in-vault' },
      });
    const cloud = join(folder.path, 'OneDrive - School');
    mkdirSync(cloud, { recursive: true });
    await expect(leave(trainee, { to: cloud })).rejects.toMatchObject({
      error: { code: 'export-place-refused', reason: 'cloud-onedrive' },
    });
    await expect(leave(trainee, { to: join(homedir(), 'weg') })).rejects.toMatchObject({
      error: { code: 'output-folder-missing' },
    });
    expect(existsSync(join(root, 'deliveries')) ? readdirSync(join(root, 'deliveries')) : []).toEqual([]);
  });
});

describe('gate G4 refuses, whoever calls', () => {
  const say = async (reasons: string[], session?: Session, part: object = {}) => {
    expect(await checkExport(session ?? trainee, made.dossier, wish(part))).toEqual(reasons);
    await expect(leave(session, part)).rejects.toMatchObject(refused(...reasons));
    expect(readdirSync(to)).toEqual([]);
    expect(events().some(({ event }) => event === 'exported')).toBe(false);
  };

  it('before the approval, also when somebody writes one', async () => {
    fresh('handedIn');
    await say(['not-approved']);
    // With the words of the real one, signed by whoever is at hand.
    const real = copyOf(made.approved, join(folder.path, 'echt'))(made.keys.trainee);
    const verdict = await withDossier(real, made.dossier, undefined, ({ state }) => Promise.resolve(state.verdict));
    if (verdict?.kind !== 'approved') throw new Error('no approval');
    const signature = signText(made.keys.trainee.signingKey, JSON.stringify(verdict.approval));
    await write(trainee, { event: 'approved', approval: verdict.approval, signature });
    await say(['not-approved']);
    // Even the schoolopleider's own signature is none where the log does not know it.
    await write(trainee, { event: 'approved', approval: verdict.approval, signature: verdict.signature });
    await say(['not-approved']);
  });

  it('when one byte of the stored clip is another', async () => {
    for (const at of [-1, 40_000, 200]) {
      fresh();
      flip(clip(), at < 0 ? readFileSync(clip()).length + at : at);
      await say(['clip-differs']);
    }
  });

  it('when it was made anew since', async () => {
    fresh();
    const heard = await HeardDesk.of(root, 'Dio');
    await heard.desk.open(made.dossier);
    expect((await heard.ended(heard.desk.render('fast'))).outcome).toBe('done');
    await heard.desk.lock();
    await say(['not-approved']);
  });

  it('after an objection came in', async () => {
    fresh();
    const reopened: AuditEvent = { event: 'reopened', dossier: made.dossier, rule: 'B2' };
    await as(made.keys.officer).noteAlone(reopened);
    await say(['not-approved', 'reopened']);
  });

  it('under a hold, and not any more when it is lifted', async () => {
    fresh();
    await setHold(as(made.keys.officer), made.dossier, true, TODAY);
    await say(['on-hold']);
    await setHold(as(made.keys.officer), made.dossier, false, TODAY);
    await leave();
  });

  it('once it is wiped', async () => {
    fresh();
    await wipeDossier(trainee, made.dossier, 'request');
    await say(['wiped']);
  });

  it('without the page read, to a target that somebody typed, or by a school that shares nothing', async () => {
    fresh();
    await say(['page-not-read'], trainee, { pageReadOn: undefined });
    await say(['target-unknown'], trainee, { target: 'jan-jansen' });
    expect(JSON.stringify(events())).not.toContain('jansen');
    await signProfile(as(made.keys.admin), sharingProfile({ sharing: 'never', portals: [] }));
    // What was judged under other rules is not approved under these.
    await say(['not-approved', 'sharing-never', 'target-unknown']);
  });

  it('when its purpose is said to be another than it came in for', async () => {
    fresh();
    const { intake } = await withDossier(trainee, made.dossier, undefined, ({ state }) => Promise.resolve(state));
    await write(trainee, { event: 'opened', intake: { ...intake!, purpose: 'lesson-quality' } });
    await say(['not-approved', 'purpose-unknown']);
  });

  it('when a school shares what tests a competence alone, and the log does not say it is that (P7)', async () => {
    fresh();
    expect(events().find(({ event }) => event === 'dossier-opened')).toMatchObject({ material: 'assessment' });
    await signProfile(as(made.keys.admin), sharingProfile({ sharing: 'assessment-only' }));
    await say(['not-approved']);
    const { intake } = await withDossier(trainee, made.dossier, undefined, ({ state }) => Promise.resolve(state));
    await write(trainee, { event: 'opened', intake: { ...intake!, material: 'reflection' } });
    await say(['not-approved', 'assessment-only']);
  });

  it('those whose it is not', async () => {
    fresh();
    await expect(leave(as(made.keys.outsider))).rejects.toMatchObject({ error: { code: 'access-denied' } });
    for (const who of ['admin', 'officer'] as const)
      await expect(leave(as(made.keys[who]))).rejects.toMatchObject({ error: { code: 'act-not-allowed' } });
    expect(readdirSync(to)).toEqual([]);
  });
});

describe('while it is on its way', () => {
  const fails = async (work: () => Promise<unknown> | unknown, reason: string, ...lines: object[]) => {
    await expect(leave(trainee, {}, after(work))).rejects.toMatchObject({ error: { code: 'export-failed', reason } });
    expect(readdirSync(to)).toEqual([]);
    const told = events().filter(({ event }) => /^export|taken-back/.test(event));
    expect(told).toMatchObject(lines);
    fresh();
  };

  it('a byte that changes, an objection or a hold stops it, and nothing is left', async () => {
    fresh();
    const failed = (reason: string) => ({ event: 'export-failed', target: 'hva', reason });
    const begun = [{ event: 'export-begun' }, { event: 'taken-back', how: 'portal' }, failed('clip-changed')];
    await fails(() => flip(clip(), 40_000), 'clip-changed', ...begun);
    const hold = () => setHold(as(made.keys.officer), made.dossier, true, TODAY);
    await fails(hold, 'gate-closed', failed('gate-closed'));
    const reopened: AuditEvent = { event: 'reopened', dossier: made.dossier, rule: 'art-7' };
    await fails(() => as(made.keys.officer).noteAlone(reopened), 'gate-closed', failed('gate-closed'));
  });

  it('stops when it is asked to, leaves nothing that looks finished, and goes on later', async () => {
    fresh();
    const controller = new AbortController();
    const stopped = exportClip(trainee, made.dossier, wish(), carrier, {
      signal: controller.signal,
      onRead: () => controller.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ error: { code: 'cancelled' } });
    expect(readdirSync(to)).toEqual([]);
    const { delivery } = await leave();
    expect(readdirSync(join(root, 'deliveries')).filter((name) => !name.startsWith('.'))).toEqual([delivery]);
  });

  it('never lies over what is there', async () => {
    fresh();
    let mine = '';
    const occupied: Carrier = {
      ...carrier,
      deliver(parcel, way, ports) {
        mine = join(to, parcel.delivery, 'van mij.txt');
        mkdirSync(join(to, parcel.delivery));
        writeFileSync(mine, 'niet weg');
        return carrier.deliver(parcel, way, ports);
      },
    };
    await expect(leave(trainee, {}, occupied)).rejects.toMatchObject({ error: { reason: 'differs' } });
    expect(readFileSync(mine, 'utf8')).toBe('niet weg');
  });
});
