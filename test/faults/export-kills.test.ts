import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeliveryState } from '../../core/delivery/journal.ts';
import { copiesOutside } from '../../core/dossier/deliveries.ts';
import { isAboutCopy, openTasks } from '../../core/dossier/tasks.ts';
import { allDeliveries } from '../../native/delivery/deliveries.ts';
import { exportClip } from '../../native/delivery/export.ts';
import { takeBack } from '../../native/delivery/take-back.ts';
import { withRegisters } from '../../native/register/registers.ts';
import { reopenClass } from '../../native/vault/late-objections.ts';
import { newId } from '../../native/vault/seal.ts';
import { exportPrivate } from '../../native/vault/signing.ts';
import { wipeDossier } from '../../native/wipe/dossier-wipe.ts';
import { carrier } from '../../portals/carrier.ts';
import { approvedVault, copyOf, type ApprovedVault } from '../fixtures/approved.ts';
import { entryOf } from '../fixtures/register.ts';
import { emptyFolder, filesBelow, sha256Of, vaultFolder } from '../fixtures/vault.ts';

const folder = vaultFolder();
const root = join(folder.path, 'werk');
const to = join(folder.path, 'uit');
const keysFile = join(folder.path, 'sleutels.json');
const child = 'dist/export-child/export-child.mjs';
let made: ApprovedVault;

beforeAll(async () => {
  const bundle = "import('./scripts/run.mjs').then((run) => run.bundle('test/fixtures/export-child.ts'))";
  execFileSync(process.execPath, ['-e', bundle], { stdio: 'inherit' });
  made = await approvedVault(folder.path);
  const { person, identity, signingKey } = made.keys.trainee;
  writeFileSync(keysFile, JSON.stringify({ person, identity, signing: exportPrivate(signingKey) }));
});
afterAll(() => folder.remove());

/** Of a delivery without a hitch: looked, made ready, sent, there, checked, done. */
const LINES = 6;
const moments = [
  'piece',
  'papers',
  'logged',
  ...Array.from({ length: LINES }, (_, line) => [`before-${line + 1}`, `after-${line + 1}`]).flat(),
];

describe('whoever takes a clip out and is killed', () => {
  it.each(moments)('%s: nothing looks finished that is not, and it ends as one delivery', async (moment) => {
    const as = copyOf(made.approved, root);
    emptyFolder(to);
    const killed = spawnSync(process.execPath, [child, root, keysFile, made.dossier, to, moment], { encoding: 'utf8' });
    expect(killed.signal).toBe('SIGKILL');
    // What can be seen is whole, or not there at all.
    for (const path of readdirSync(to).filter((name) => !name.startsWith('.')))
      execFileSync('sha256sum', ['--strict', '--status', '-c', 'SHA256SUMS'], { cwd: join(to, path) });
    expect(filesBelow(to).filter((path) => path.startsWith('.') && path.endsWith('.mp4'))).toEqual([]);
    const session = as(made.keys.trainee);
    // Before the first byte is out, the log knows.
    if (filesBelow(to).length > 0) expect(copiesOutside(session.entries(), made.dossier)).toHaveLength(1);
    const wish = { target: 'hva', to, pageReadOn: new Date().toISOString().slice(0, 10) };
    const again = exportClip(session, made.dossier, wish, carrier);
    // Only when its last line was written is it known to be done.
    if (moment === `after-${LINES}`) await expect(again).rejects.toMatchObject({ error: { code: 'delivery-exists' } });
    else await again;
    const [delivery = '', ...others] = readdirSync(to);
    expect(others).toEqual([]);
    const clips = filesBelow(join(to, delivery)).filter((name) => name.endsWith('.mp4'));
    expect(clips.length).toBe(1);
    const exported = session.entries().flatMap(({ what }) => (what.event === 'exported' ? [what] : []));
    expect(exported).toMatchObject([{ delivery, sha256: sha256Of(readFileSync(join(to, delivery, clips[0]!))) }]);
  });

  it('leaves it known to the log, also when an objection came in before anybody looked', async () => {
    const as = copyOf(made.approved, root);
    emptyFolder(to);
    // It has its name at the target, and nobody wrote that down.
    const args = [child, root, keysFile, made.dossier, to, 'before-4'];
    expect(spawnSync(process.execPath, args).signal).toBe('SIGKILL');
    const [delivery] = readdirSync(to);
    await as(made.keys.officer).noteAlone({ event: 'reopened', dossier: made.dossier, rule: 'B2' });
    const session = as(made.keys.trainee);
    const wish = { target: 'hva', to, pageReadOn: new Date().toISOString().slice(0, 10) };
    await expect(exportClip(session, made.dossier, wish, carrier)).rejects.toMatchObject({
      error: { code: 'export-refused', reasons: ['not-approved', 'reopened'] },
    });
    expect(session.entries().map(({ what }) => what)).toContainEqual(
      expect.objectContaining({ event: 'exported', delivery }),
    );
    expect(await takeBack(session, delivery!, false, carrier)).toBe('portal');
    expect(readdirSync(to)).toEqual([]);
  });

  it('leaves the part that went to somebody, when a pupil objects and when the recording is wiped', async () => {
    for (const end of ['objection', 'wipe'] as const) {
      const as = copyOf(made.approved, root);
      emptyFolder(to);
      expect(spawnSync(process.execPath, [child, root, keysFile, made.dossier, to, 'piece']).signal).toBe('SIGKILL');
      expect(filesBelow(to)).toHaveLength(1);
      const session = as(made.keys.trainee);
      const [{ plan }] = allDeliveries(session) as [DeliveryState];
      const { delivery } = plan;
      if (end === 'wipe') await wipeDossier(session, made.dossier, 'request');
      else {
        const trainer = as(made.keys.trainer);
        await withRegisters(trainer, (registers) => registers.add([{ group: '2V', entry: entryOf({ id: newId() }) }]));
        await reopenClass(trainer, '2v');
      }
      const kind = end === 'wipe' ? 'portal' : 'recall';
      const owner = made.keys.trainee.person.id;
      expect(openTasks(session.entries()).filter(isAboutCopy)).toMatchObject([{ kind, delivery, owner }]);
      expect(await takeBack(session, delivery, false, carrier)).toBe('portal');
      expect(readdirSync(to)).toEqual([]);
      expect(session.entries().at(-1)?.what).toMatchObject({ event: 'taken-back', delivery, how: 'portal' });
    }
  });

  it('has not more lines than were tried', () => {
    copyOf(made.approved, root);
    emptyFolder(to);
    const args = [child, root, keysFile, made.dossier, to, `before-${LINES + 1}`];
    expect(spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout).toBe('done');
  });
});
