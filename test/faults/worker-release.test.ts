import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../core/audit/entry.ts';
import type { Release } from '../../core/queue/unit.ts';
import { locateFfmpeg, type Ffmpeg } from '../../native/ffmpeg/locate.ts';
import { openRelease, releaseKey, requireGenuine } from '../../native/units/release.ts';
import { UnitWorker } from '../../native/units/unit-worker.ts';
import { newKey } from '../../native/vault/seal.ts';
import { canonical, signText } from '../../native/vault/signing.ts';
import type { Session } from '../../native/vault/vault.ts';
import { addWorker, enterAsWorker, retireWorker, workersOf } from '../../native/vault/worker-account.ts';
import { Dossier } from '../../native/vault/dossier.ts';
import { Loopback } from '../../native/vault/loopback.ts';
import { refused } from '../fixtures/watched-vault.ts';
import { WorkersVault } from '../fixtures/workers.ts';

const JOB = '0123456789abcdef';

let at: WorkersVault;
let tools: Ffmpeg;
beforeAll(async () => {
  at = await WorkersVault.make(1);
  tools = await locateFfmpeg();
});
beforeEach(() => at.fresh());
afterAll(() => at.folder.remove());

const worker = (number: number) => enterAsWorker(at.root, at.keyFile(number));

async function handed(session: Session, key?: Uint8Array, now = new Date()): Promise<Release> {
  const real = key ?? (await session.keyring.keyOf(at.dossier));
  return releaseKey(session, { dossier: at.dossier, job: JOB }, real, workersOf(session), now);
}

describe('a key that is handed to workers', () => {
  it('opens for each of them, and for nobody else', async () => {
    const trainee = at.as(at.made.trainee.keys);
    const key = await trainee.keyring.keyOf(at.dossier);
    const release = await handed(trainee, key);
    for (const number of [0, 1]) {
      const session = await worker(number);
      requireGenuine(session, release, new Date());
      expect(await openRelease(session, release)).toEqual(key);
    }
    await expect(openRelease(at.as(at.made.admin.keys), release)).rejects.toEqual(refused('queue-unit-failed'));
    const late = join(at.folder.path, 'laat.key');
    if (!existsSync(late)) await addWorker(at.as(at.made.admin.keys), late, 'Laat');
    await expect(openRelease(await enterAsWorker(at.root, late), release)).rejects.toEqual(
      refused('queue-unit-failed'),
    );
  });

  it('is not handed to one that is out of service', async () => {
    const [gone, stays] = at.workers;
    await retireWorker(at.as(at.made.admin.keys), gone!);
    const release = await handed(at.as(at.made.trainee.keys));
    expect(release.body.workers).toEqual([stays]);
    await expect(worker(0)).rejects.toEqual(refused('worker-retired'));
    await expect(retireWorker(at.as(at.made.trainee.keys), stays!)).rejects.toEqual(refused('act-not-allowed'));
  });

  it('counts only from somebody with access, for this dossier and job, until it runs out', async () => {
    const trainee = at.as(at.made.trainee.keys);
    const release = await handed(trainee);
    const session = await worker(0);
    const judge =
      (found: Release, now = new Date()) =>
      () =>
        requireGenuine(session, found, now);
    const failed = (reason: string) => expect.objectContaining({ error: { code: 'queue-unit-failed', reason } });
    const { body, signature } = release;
    const forgeries: Release[] = [
      { body: { ...body, dossier: JOB }, signature },
      { body: { ...body, job: 'fedcba9876543210' }, signature },
      { body: { ...body, expires: '2099-01-01T00:00:00.000Z' }, signature },
      { body: { ...body, by: at.made.admin.keys.person.id }, signature },
      await handed(at.as(at.made.admin.keys), newKey()),
      await handed(session, newKey()),
    ];
    for (const forged of forgeries) {
      expect(judge(forged)).toThrow(failed('forged'));
      await expect(
        new UnitWorker(session, tools).make({ release: forged, segment: 0 }, () => {}, NEVER),
      ).rejects.toEqual(failed('forged'));
    }
    expect(judge(release)).not.toThrow();
    expect(judge(release, new Date(Date.parse(body.expires)))).toThrow(failed('expired'));
    // Signed by the right person, around a key for something else.
    const other = { ...body, job: 'fedcba9876543210' };
    const moved = { body: other, signature: signText(trainee.keys.signingKey, canonical(other)) };
    expect(judge(moved)).not.toThrow();
    await expect(openRelease(session, moved)).rejects.toEqual(failed('forged'));
    expect(session.entries().some(({ what }) => what.event === 'key-taken')).toBe(false);
  });

  it('opens nothing once the order is gone, however good it still is', async () => {
    const release = await handed(at.as(at.made.trainee.keys));
    await expect(
      new UnitWorker(await worker(0), tools).make({ release, segment: 0 }, () => {}, NEVER),
    ).rejects.toMatchObject({
      error: { code: 'queue-unit-failed', reason: 'no-order' },
    });
  });
});

describe('a worker', () => {
  it('can not open a recording by itself, nor write what it may not', async () => {
    const session = await worker(0);
    await expect(session.keyring.keyOf(at.dossier)).rejects.toEqual(refused('access-denied'));
    const loopback = await Loopback.start();
    await expect(Dossier.open(session, at.dossier, loopback)).rejects.toEqual(refused('access-denied'));
    await loopback.close();
    const person = at.workers[1]!;
    const lines: AuditEvent[] = [
      { event: 'access-granted', dossier: at.dossier, person },
      { event: 'key-released', dossier: at.dossier, job: JOB, workers: [person] },
      { event: 'wipe-begun', dossier: at.dossier, rule: 'R1' },
      { event: 'worker-retired', person },
      { event: 'footage-opened', dossier: at.dossier, purpose: 'play' },
    ];
    for (const what of lines) await expect(session.noteAlone(what)).rejects.toEqual(refused('act-not-allowed'));
  });

  it('has a key file that no caretaker comes in with, nor the other way round', async () => {
    const path = at.keyFile(0);
    const key: object = JSON.parse(readFileSync(path, 'utf8'));
    const other = join(at.folder.path, 'mens.key');
    const passphrase = 'vier woorden zijn genoeg, en nog een paar meer';
    const { keys } = await at
      .as(at.made.admin.keys)
      .addPerson({ role: 'trainee', name: 'Mens', passphrase, recovery: false });
    writeFileSync(other, JSON.stringify({ ...key, person: keys.person.id, passphrase }), { mode: 0o600 });
    await expect(enterAsWorker(at.root, other)).rejects.toEqual(refused('key-file-invalid'));
  });
});

const NEVER = new AbortController().signal;
