import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../core/audit/entry.ts';
import { openTasks } from '../../core/dossier/tasks.ts';
import { closeDossier } from '../../native/vault/closing.ts';
import { wipeDossier } from '../../native/wipe/dossier-wipe.ts';
import type { Session } from '../../native/vault/vault.ts';
import { daysAhead } from '../fixtures/clock.ts';
import { startProduct } from '../fixtures/product.ts';
import { PASSPHRASE, runInVault } from '../fixtures/vault.ts';
import { refused, WatchedVault } from '../fixtures/watched-vault.ts';

let at: WatchedVault;
beforeAll(async () => {
  at = await WatchedVault.make();
});
beforeEach(() => at.fresh());
afterAll(() => at.folder.remove());

describe('closing a dossier (G6)', () => {
  const close = (who: string, dossier = at.young) => runInVault(at.root, who, 'case', 'close', dossier);
  const tasksOf = () => openTasks(at.entries()).filter(({ dossier }) => dossier === at.young);

  it('goes when it is wiped whole, and nothing is written of it afterwards', async () => {
    expect((await close('Dio')).events.at(-1)).toMatchObject({ code: 'act-not-allowed', act: 'close' });
    expect((await close('Sara')).events.at(-1)).toMatchObject({ reasons: ['not-wiped', 'not-assessed'] });
    expect((await runInVault(at.root, 'Dio', 'case', 'assess', at.young)).code).toBe(0);
    expect((await runInVault(at.root, 'Dio', 'wipe', at.young)).code).toBe(0);
    expect(tasksOf().map(({ kind, owner }) => [kind, owner === at.made.trainee.keys.person.id])).toEqual([
      ['card', true],
      ['phone', true],
      ['backup', false],
    ]);
    const [card, , backup] = tasksOf();
    expect((await runInVault(at.root, 'Dio', 'task', 'done', backup?.task ?? '')).events.at(-1)).toMatchObject({
      code: 'task-not-yours',
    });
    expect((await runInVault(at.root, 'Dio', 'task', 'done', card?.task ?? '')).code).toBe(0);
    expect((await runInVault(at.root, 'Dio', 'task', 'done', card?.task ?? '')).events.at(-1)).toMatchObject({
      code: 'task-is-done',
    });
    expect((await close('Sara')).events.at(-1)).toEqual({ event: 'closed', dossier: at.young, warnings: [] });
    expect((await close('Sara')).events.at(-1)).toMatchObject({ code: 'dossier-closed' });
    const note = (keys: Session['keys'], what: AuditEvent) => at.as(keys).noteAlone(what);
    await expect(note(at.trainer, { event: 'assessed', dossier: at.young, on: at.today })).rejects.toEqual(
      refused('dossier-closed'),
    );
    await expect(note(at.officer, { event: 'hold-set', dossier: at.young, reviewBy: at.today })).rejects.toEqual(
      refused('dossier-closed'),
    );
    const moment = new Date().toISOString();
    await note(at.officer, {
      event: 'incident-opened',
      incident: at.young,
      frozen: 1,
      noticedAt: moment,
      reportBy: moment,
    });
    // What somebody still had to do can still be done.
    expect((await runInVault(at.root, 'Sara', 'task', 'done', backup?.task ?? '')).code).toBe(0);
    expect((await runInVault(at.root, 'Dio', 'case', 'list')).events).toContainEqual(
      expect.objectContaining({ dossier: at.young, state: 'closed' }),
    );
  });

  it('of which nobody noted an assessment is the privacy officer’s to answer for (P6)', async () => {
    await wipeDossier(at.as(at.made.trainee.keys), at.young, 'request');
    expect((await close('Sara')).events.at(-1)).toMatchObject({ code: 'closing-refused', reasons: ['not-assessed'] });
    expect((await close('Po')).events.at(-1)).toEqual({
      event: 'closed',
      dossier: at.young,
      warnings: ['not-assessed'],
    });
  });

  it('needs the certificate, and that of this very wipe', async () => {
    await at.daily();
    const file = join(at.root, 'certificates', `${at.late}.json`);
    renameSync(file, `${file}.weg`);
    const session = at.as(at.trainer);
    const missing = { error: { code: 'closing-refused', reasons: ['no-certificate'] } };
    await expect(closeDossier(session, at.late, new Date())).rejects.toMatchObject(missing);
    const altered = readFileSync(`${file}.weg`, 'utf8').replace(/"milliseconds": \d+/, '"milliseconds": 7');
    writeFileSync(file, altered);
    await expect(closeDossier(session, at.late, new Date())).rejects.toMatchObject(missing);
    renameSync(`${file}.weg`, file);
    expect(await closeDossier(session, at.late, new Date())).toEqual(['not-assessed']);
  });

  it('with a copy outside waits for whoever has to take it back, who says in one that it is gone (R2)', async () => {
    const [sha256, delivery] = ['ab'.repeat(32), '77'.repeat(8)];
    const trainee = at.as(at.made.trainee.keys);
    // The vault takes no such line without an approval; what closing makes of one is tried all the same.
    const exported = {
      event: 'exported',
      dossier: at.young,
      sha256,
      approval: sha256,
      target: 'hva',
      delivery,
    } as const;
    await expect(trainee.noteAlone(exported)).rejects.toMatchObject({ error: { code: 'course-refused', rule: 'M4' } });
    trainee.vault.log().append(exported, trainee.keys, new Date());
    await trainee.noteAlone({ event: 'assessed', dossier: at.young, on: at.today });
    await wipeDossier(trainee, at.young, 'request');
    const portal = tasksOf().find(({ kind }) => kind === 'portal');
    expect(portal?.owner).toBe(at.made.trainee.keys.person.id);
    const overdue = await startProduct(['case', 'close', at.young, '--vault', at.root, '--as', 'Sara', '--json'], {
      ...daysAhead(at.folder.path, 15),
      ONHERKENBAAR_PASSPHRASE: PASSPHRASE,
    }).done;
    expect(overdue.events.at(-1)).toMatchObject({ reasons: ['copy-outside', 'task-overdue'] });
    expect((await runInVault(at.root, 'Beheer', 'task', 'done', portal?.task ?? '')).events.at(-1)).toMatchObject({
      ...{ code: 'act-not-allowed', act: 'take-back' },
    });
    expect((await runInVault(at.root, 'Dio', 'task', 'done', portal?.task ?? '')).code).toBe(0);
    expect(at.entries().map(({ what }) => what)).toContainEqual({
      ...{ event: 'taken-back', dossier: at.young, delivery, how: 'attested' },
    });
    expect((await close('Sara')).code).toBe(0);
  });
});
