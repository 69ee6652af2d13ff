import { existsSync, linkSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withDossier } from '../../native/vault/case-job.ts';
import { setHold } from '../../native/vault/keeping.ts';
import { dailyRound } from '../../native/wipe/daily.ts';
import { daysAhead } from '../fixtures/clock.ts';
import { diesAfterLine } from '../fixtures/deadly-line.ts';
import { runInVault } from '../fixtures/vault.ts';
import { WatchedVault } from '../fixtures/watched-vault.ts';

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

let at: WatchedVault;
beforeAll(async () => {
  at = await WatchedVault.make();
});
beforeEach(() => at.fresh());
afterAll(() => at.folder.remove());

describe('the daily round', () => {
  it("wipes what is over its term without anybody's passphrase, and does nothing a second time", async () => {
    const ran = await at.daily();
    expect(ran.stderr).toBe('');
    expect(ran.code).toBe(0);
    expect(ran.events).toContainEqual({ event: 'wiped', dossier: at.late, complete: true });
    at.expectWiped(at.late);
    expect(at.wipeOf(at.young)).toBe('none');
    const log = readFileSync(join(at.root, 'log', 'audit.jsonl'));
    const again = await at.daily();
    expect(again.code).toBe(0);
    expect(again.events.at(-1)).toMatchObject({ event: 'daily', clock: 'right', wiped: 0, late: [], failed: [] });
    expect(readFileSync(join(at.root, 'log', 'audit.jsonl'))).toEqual(log);
    expect((await runInVault(at.root, 'Dio', 'case', 'list')).events).toContainEqual(
      expect.objectContaining({ dossier: at.late, state: 'wiped' }),
    );
  });

  it('tells of what comes, on the rungs of the ladder', async () => {
    await dailyRound(await at.caretaker(), new Date());
    const rung = async (days: number) =>
      (await dailyRound(await at.caretaker(), inDays(days)))?.reminders.find(({ dossier }) => dossier === at.young)
        ?.rung;
    expect([await rung(40), await rung(50), await rung(57), await rung(60)]).toEqual([undefined, 14, 3, 0]);
    expect(at.wipeOf(at.young)).toBe('none');
    await dailyRound(await at.caretaker(), inDays(61));
    expect(at.wipeOf(at.young)).toBe('complete');
  });

  it('is stopped by a hold, tells when that is to be looked at, and goes on when it is lifted', async () => {
    await setHold(at.as(at.officer), at.late, true, at.today);
    const held = await at.daily();
    expect(held.code).toBe(0);
    expect(at.wipeOf(at.late)).toBe('none');
    const round = await dailyRound(await at.caretaker(), inDays(21));
    expect(round?.reminders).toContainEqual(
      expect.objectContaining({ about: 'hold', dossier: at.late, left: 7, rung: 7 }),
    );
    await setHold(at.as(at.officer), at.late, false, at.today);
    expect((await at.daily()).code).toBe(0);
    at.expectWiped(at.late);
  });

  it('that could not wipe all of it says so with a code of its own, and ends it the next time', async () => {
    const name = join(at.root, 'dossiers', at.late, 'original');
    linkSync(name, join(at.folder.path, 'andere-naam'));
    const ran = await at.daily();
    expect(ran.code).toBe(9);
    expect(ran.events).toContainEqual({ event: 'wiped', dossier: at.late, complete: false });
    expect((await at.daily()).code).toBe(9);
    rmSync(join(at.folder.path, 'andere-naam'));
    expect((await at.daily()).code).toBe(0);
    at.expectWiped(at.late);
  });

  it('names what somebody has open past its term, and leaves it to the next time', async () => {
    const round = await withDossier(at.as(at.made.trainee.keys), at.late, undefined, async () => {
      const ran = await at.daily();
      expect(ran.events.at(-1)).toMatchObject({ event: 'daily', late: [at.late] });
      return ran.code;
    });
    expect(round).toBe(9);
    expect((await at.daily()).code).toBe(0);
    at.expectWiped(at.late);
  });

  it('takes nothing from a clock far ahead of the log or behind it, and says so with a code of its own', async () => {
    const ahead = await at.daily(daysAhead(at.folder.path, 200));
    expect(ahead.code).toBe(10);
    expect(ahead.events.at(-1)).toMatchObject({ event: 'daily', clock: 'ahead', wiped: 0 });
    expect(at.wipeOf(at.late)).toBe('none');
    const behind = await at.daily(daysAhead(at.folder.path, -400));
    expect(behind.code).toBe(10);
    expect(behind.events.at(-1)).toMatchObject({ clock: 'behind' });
    expect(at.wipeOf(at.late)).toBe('none');
  });

  it('keeps being believed through a season in which nobody comes', async () => {
    for (const days of [30, 61, 100, 140, 180, 230]) {
      const ran = await at.daily(daysAhead(at.folder.path, days));
      expect([days, ran.code]).toEqual([days, 0]);
    }
    expect(at.wipeOf(at.young)).toBe('complete');
    const lines = at.entries().length;
    expect((await at.daily(daysAhead(at.folder.path, 231))).code).toBe(0);
    expect(at.entries().length).toBe(lines);
  });

  it('where the vault is away, or its key is, is one clear sentence', async () => {
    renameSync(at.root, `${at.root}-weg`);
    const away = await at.daily();
    renameSync(`${at.root}-weg`, at.root);
    expect([away.code, away.events.at(-1)?.['code']]).toEqual([8, 'daily-vault-away']);
    expect(away.stderr.trim().split('\n').length).toBe(1);
    const none = await at.daily({}, join(at.folder.path, 'geen.key'));
    expect([none.code, none.events.at(-1)?.['code']]).toEqual([8, 'key-file-missing']);
  });

  it('on two machines at once does everything once', async () => {
    const ran = await Promise.all([at.daily(), at.daily(), at.daily()]);
    expect(ran.map(({ code, stderr }) => [code, stderr])).toEqual(ran.map(() => [0, '']));
    at.expectWiped(at.late);
    expect(at.entries().filter(({ what }) => what.event === 'wipe-begun').length).toBe(1);
    expect(existsSync(join(at.root, 'daily.lock'))).toBe(false);
  });

  it('killed with -9 after each line it writes: the next one ends it', { timeout: 900_000 }, async () => {
    const log = join(at.root, 'log', 'audit.jsonl');
    const lines = () => readFileSync(log, 'utf8').split('\n').length;
    const before = lines();
    expect((await at.daily()).code).toBe(0);
    const written = lines() - before;
    // The intent, five steps, the end, two tasks.
    expect(written).toBe(9);
    for (let line = 1; line <= written; line++) {
      at.fresh();
      expect((await at.daily(diesAfterLine(at.folder.path, line))).signal).toBe('SIGKILL');
      expect(lines()).toBe(before + line);
      const next = await at.daily();
      expect([line, next.code, next.stderr]).toEqual([line, 0, '']);
      at.expectWiped(at.late);
    }
  });

  it('names a recording that a crash kept from the log: without a line it has no term', async () => {
    const trainee = at.as(at.made.trainee.keys);
    const id = '99'.repeat(8);
    await trainee.exclusively(() => trainee.keyring.put(id, new Uint8Array(32), [trainee.keys.person]));
    const ran = await at.daily();
    expect([ran.code, ran.events.at(-1)?.['unlogged']]).toEqual([9, [id]]);
    expect(at.as(at.officer).keyring.has(id)).toBe(true);
  });

  it('writes the certificate that a crash kept from being written', async () => {
    expect((await at.daily()).code).toBe(0);
    rmSync(join(at.root, 'certificates', `${at.late}.json`));
    expect((await at.daily()).code).toBe(0);
    at.expectWiped(at.late);
  });
});
