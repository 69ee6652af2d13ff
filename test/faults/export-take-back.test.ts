import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Carrier } from '../../core/delivery/carrier.ts';
import type { DeliveryState } from '../../core/delivery/journal.ts';
import { openTasks } from '../../core/dossier/tasks.ts';
import { allDeliveries } from '../../native/delivery/deliveries.ts';
import { exportClip } from '../../native/delivery/export.ts';
import { noteReceipt, takeBack } from '../../native/delivery/take-back.ts';
import { withRegisters } from '../../native/register/registers.ts';
import { reopenClass } from '../../native/vault/late-objections.ts';
import { Dossier } from '../../native/vault/dossier.ts';
import { newId } from '../../native/vault/seal.ts';
import type { Session } from '../../native/vault/vault.ts';
import { wipeDossier } from '../../native/wipe/dossier-wipe.ts';
import { carrier } from '../../portals/carrier.ts';
import { approvedVault, copyOf, type ApprovedVault } from '../fixtures/approved.ts';
import { entryOf } from '../fixtures/register.ts';
import { emptyFolder, vaultFolder } from '../fixtures/vault.ts';

const TODAY = new Date().toISOString().slice(0, 10);
const folder = vaultFolder();
const root = join(folder.path, 'werk');
const to = join(folder.path, 'uit');
let made: ApprovedVault;
let as: ReturnType<typeof copyOf>;
let trainee: Session;

beforeAll(async () => {
  made = await approvedVault(folder.path);
});
afterAll(() => folder.remove());

function fresh(): void {
  as = copyOf(made.approved, root);
  trainee = as(made.keys.trainee);
  emptyFolder(to);
}
const leave = () => exportClip(trainee, made.dossier, { target: 'hva', pageReadOn: TODAY, to }, carrier);
const events = () => trainee.entries().map(({ what }) => what);

describe('bringing back', () => {
  it('removes it where it lies, and then it may be delivered anew', async () => {
    fresh();
    const { delivery } = await leave();
    await expect(takeBack(as(made.keys.outsider), delivery, true, carrier)).rejects.toMatchObject({
      error: { code: 'access-denied' },
    });
    expect(await takeBack(trainee, delivery, false, carrier)).toBe('portal');
    expect(readdirSync(to)).toEqual([]);
    expect(events().at(-1)).toMatchObject({ event: 'taken-back', delivery, how: 'portal' });
    await expect(takeBack(trainee, delivery, true, carrier)).rejects.toMatchObject({
      error: { code: 'delivery-taken-back' },
    });
    expect((await leave()).delivery).not.toBe(delivery);
  });

  it('rests on somebody’s word where the clip was brought on, also after the wipe', async () => {
    fresh();
    const { delivery } = await leave();
    await expect(noteReceipt(trainee, delivery, 'Jan Jansen', TODAY)).rejects.toMatchObject({
      error: { code: 'receipt-invalid' },
    });
    await noteReceipt(trainee, delivery, 'INL-20481', TODAY);
    await wipeDossier(trainee, made.dossier, 'request');
    await expect(takeBack(trainee, delivery, false, carrier)).rejects.toMatchObject({
      error: { code: 'delivery-not-reached' },
    });
    // Our own copy goes all the same.
    expect(readdirSync(to)).toEqual([]);
    expect(await takeBack(as(made.keys.officer), delivery, true, carrier)).toBe('attested');
    expect(events().at(-1)).toMatchObject({ event: 'taken-back', delivery, how: 'attested' });
  });

  it('leaves what somebody else laid beside it', async () => {
    fresh();
    const { delivery } = await leave();
    writeFileSync(join(to, delivery, 'notities.txt'), 'van mij');
    expect(await takeBack(trainee, delivery, false, carrier)).toBe('portal');
    expect(readdirSync(join(to, delivery))).toEqual(['notities.txt']);
  });

  it('knows a clip whose papers somebody threw away', async () => {
    fresh();
    const { delivery, name } = await leave();
    for (const file of readdirSync(join(to, delivery))) if (file !== name) rmSync(join(to, delivery, file));
    expect(await takeBack(trainee, delivery, false, carrier)).toBe('portal');
    expect(readdirSync(to)).toEqual([]);
  });

  it('does not call a share that is away empty', async () => {
    fresh();
    const { delivery } = await leave();
    const away = join(folder.path, 'weg');
    rmSync(away, { recursive: true, force: true });
    renameSync(to, away);
    await expect(takeBack(trainee, delivery, false, carrier)).rejects.toMatchObject({
      error: { code: 'delivery-not-reached' },
    });
    renameSync(away, to);
    expect(await takeBack(trainee, delivery, false, carrier)).toBe('portal');
  });

  it('clears what was begun and never left, and says nothing of it in the log', async () => {
    fresh();
    const stopped: Carrier = { ...carrier, deliver: () => Promise.resolve({ ok: false, reason: 'unreachable' }) };
    const wish = { target: 'hva', pageReadOn: TODAY, to };
    await expect(exportClip(trainee, made.dossier, wish, stopped)).rejects.toMatchObject({
      error: { code: 'export-failed' },
    });
    const [{ plan }] = allDeliveries(trainee) as [DeliveryState];
    const other = join(folder.path, 'elders');
    emptyFolder(other);
    await expect(exportClip(trainee, made.dossier, { ...wish, to: other }, carrier)).rejects.toMatchObject({
      error: { code: 'delivery-elsewhere', delivery: plan.delivery },
    });
    expect(await takeBack(trainee, plan.delivery, false, carrier)).toBe('portal');
    expect(events().some(({ event }) => event === 'taken-back')).toBe(false);
    await exportClip(trainee, made.dossier, { ...wish, to: other }, carrier);
  });

  it('is asked for when a pupil objects after the export, and nothing more leaves (B2)', async () => {
    fresh();
    const { delivery } = await leave();
    const trainer = as(made.keys.trainer);
    await withRegisters(trainer, (registers) => registers.add([{ group: '2V', entry: entryOf({ id: newId() }) }]));
    // What is on the class's sheet stops it, also before anybody has opened the dossier.
    await expect(
      exportClip(trainee, made.dossier, { target: 'vu', pageReadOn: TODAY, to }, carrier),
    ).rejects.toMatchObject({ error: { code: 'export-refused', reasons: ['not-approved'] } });
    // The power goes after the log has it and before the dossier does: nobody is asked twice.
    const record = vi.spyOn(Dossier.prototype, 'record').mockImplementationOnce(() => {
      throw new Error('power cut');
    });
    await reopenClass(trainer, '2v').catch(() => {});
    expect(record).toHaveBeenCalledOnce();
    record.mockRestore();
    expect(openTasks(trainer.entries())).toHaveLength(1);
    expect(await reopenClass(trainer, '2v')).toEqual({ dossiers: [made.dossier], unseen: 0 });
    expect(await reopenClass(trainer, '2v')).toEqual({ dossiers: [], unseen: 0 });
    const [recall, ...others] = openTasks(trainer.entries());
    expect(recall).toMatchObject({ kind: 'recall', dossier: made.dossier, owner: made.keys.trainee.person.id });
    expect(others).toEqual([]);
    expect(await takeBack(trainee, delivery, false, carrier)).toBe('portal');
    expect(readdirSync(to)).toEqual([]);
    await expect(leave()).rejects.toMatchObject({ error: { code: 'export-refused' } });
  });
});
