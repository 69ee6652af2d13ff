import { cpSync, existsSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { verifyChain } from '../../core/audit/chain.ts';
import { logLines } from '../../native/vault/audit-log.ts';
import { LOCK } from '../../native/vault/dossier.ts';
import { CHAIN_TOOLS } from '../../native/vault/signing.ts';
import { buildMachine, RemoteMachine } from '../fixtures/machine.ts';
import { writeTalkingHead } from '../fixtures/talking-head.ts';
import { emptyFolder, makeVault, PASSPHRASE, vaultFolder } from '../fixtures/vault.ts';

const folder = vaultFolder();
const root = join(folder.path, 'gedeeld');
const rendered = join(folder.path, 'gemaakt');
const offered = join(folder.path, 'aangeboden');
const LOG = join(root, 'log', 'audit.jsonl');
const REASON = 'Dek het bord af.';
const LINES = 60;
let dossier = '';
let sara = '';
let olaf = '';
let trainee: RemoteMachine;
let trainer: RemoteMachine;

/** Where a test begins: both at a vault of their own, with nothing open. */
async function from(template: string): Promise<void> {
  cpSync(template, emptyFolder(root), { recursive: true });
  await trainee.ask('sit', 'Dio');
  await trainer.ask('sit', 'Sara');
}
const inDossier = (...names: string[]) => join(root, 'dossiers', dossier, ...names);
const refused = (code: string, more = {}) => ({ error: { code, ...more } });
const BUSY = refused('dossier-busy');
/** Whatever its holder had here looks as if it gave no sign of life for so long. */
function silentFor(seconds: number): void {
  const then = new Date(Date.now() - seconds * 1000);
  for (const lock of [inDossier(LOCK), inDossier('job', LOCK)]) if (existsSync(lock)) utimesSync(lock, then, then);
}

async function approveThere(): Promise<void> {
  await trainer.ask('open', dossier);
  expect(await trainer.ask('watch', true)).toBe(1);
  await trainer.ask('answer');
  await trainer.ask('approve');
}
/** Asked as anybody would: by opening it there, looking, and putting it away. */
async function verdictAt(machine: RemoteMachine) {
  await machine.ask('open', dossier);
  const verdict = await machine.ask('verdict');
  const [step] = await machine.ask('steps');
  return { ...verdict, step };
}

beforeAll(async () => {
  buildMachine();
  const { admin } = await makeVault(root);
  const wish = { role: 'school-trainer', passphrase: PASSPHRASE, recovery: false } as const;
  sara = (await admin.addPerson({ ...wish, name: 'Sara' })).keys.person.id;
  olaf = (await admin.addPerson({ ...wish, name: 'Olaf' })).keys.person.id;
  const lesson = join(folder.path, 'les.mp4');
  await writeTalkingHead(lesson, { seconds: 2, width: 320, height: 240, sound: false });
  trainee = new RemoteMachine(root, 'laptop-dio');
  trainer = new RemoteMachine(root, 'pc-schoolopleider');
  // Each signs the school's rules at that, once for all that begins here.
  await trainer.ask('sit', 'Sara');
  await trainee.ask('sit', 'Dio');
  dossier = await trainee.ask('takeIn', lesson);
  await trainee.ask('open', dossier);
  await trainee.ask('analyse');
  await trainee.ask('render');
  await trainee.ask('lock');
  cpSync(root, rendered, { recursive: true });
  await trainee.ask('sit', 'Dio');
  await trainee.ask('open', dossier);
  await trainee.ask('handIn', sara);
  await trainee.ask('lock');
  cpSync(root, offered, { recursive: true });
});
afterEach(async () => {
  await Promise.all([trainee.ask('rest'), trainer.ask('rest')]);
});
afterAll(async () => {
  await Promise.all([trainee.stop(), trainer.stop()]);
  folder.remove();
});

describe('a dossier that two machines see', () => {
  it('is there to be judged once it was handed in, and not before', async () => {
    await from(rendered);
    expect(await trainer.ask('steps')).toEqual(['not-yours']);
    await expect(trainer.ask('open', dossier)).rejects.toMatchObject(refused('access-denied'));
    await trainee.ask('open', dossier);
    await trainee.ask('handIn', sara);
    expect(await trainee.ask('steps')).toEqual(['review']);
    expect(await trainer.ask('steps')).toEqual(['judge']);
  });

  it('is worked on at one of them at a time, and nobody waits for it', async () => {
    await from(offered);
    for (const [first, second] of [
      [trainee, trainer],
      [trainer, trainee],
    ] as const) {
      await first.ask('open', dossier);
      await expect(second.ask('open', dossier)).rejects.toMatchObject(BUSY);
      expect(await second.ask('steps')).toEqual(['busy']);
      // With the other at the door it goes on as if nobody were there.
      await first.ask('cover', 40);
      await first.ask('steps');
      await second.ask('open', dossier);
      await second.ask('steps');
    }
  });

  it('is given to one of them when both ask at the same time', async () => {
    await from(offered);
    for (let round = 0; round < 8; round++) {
      const asked = await Promise.allSettled([trainee.ask('open', dossier), trainer.ask('open', dossier)]);
      const lost = asked.filter((each) => each.status === 'rejected');
      expect(lost).toHaveLength(1);
      expect(lost[0]!.reason).toMatchObject(BUSY);
      // Asking what there is to do puts away whatever was open.
      await trainee.ask('steps');
      await trainer.ask('steps');
    }
  });

  it('passes on when the machine that had it died at work, once its lease is over', async () => {
    await from(offered);
    await trainee.ask('open', dossier);
    await trainee.ask('cover', 40);
    await trainee.ask('beginRender');
    await trainee.kill();
    trainee = new RemoteMachine(root, 'laptop-dio-2');
    await trainee.ask('sit', 'Dio');
    for (const machine of [trainer, trainee]) await expect(machine.ask('open', dossier)).rejects.toMatchObject(BUSY);
    silentFor(50);
    await expect(trainer.ask('open', dossier)).rejects.toMatchObject(BUSY);
    silentFor(70);
    // What was being made is no clip yet, and was handed in to nobody.
    expect(await verdictAt(trainer)).toEqual({ approved: false, step: 'edit' });
    await trainee.ask('open', dossier);
    await trainee.ask('render');
    await trainee.ask('handIn', sara);
    expect(await trainee.ask('steps')).toEqual(['review']);
    await approveThere();
    expect(await trainer.ask('steps')).toEqual(['export']);
  });

  it.each(['at rest', 'in the middle of rendering'])(
    'is lost to a machine that slept too long, %s, and nothing of it is written over',
    async (when) => {
      await from(offered);
      await trainee.ask('open', dossier);
      if (when !== 'at rest') await trainee.ask('beginRender');
      trainee.sleep();
      try {
        silentFor(70);
        await approveThere();
      } finally {
        trainee.wake();
      }
      if (when !== 'at rest') await expect(trainee.ask('endRender')).rejects.toMatchObject(BUSY);
      await expect(trainee.ask('cover', 40)).rejects.toMatchObject(BUSY);
      await expect(trainee.ask('render')).rejects.toMatchObject(BUSY);
      await expect(trainee.ask('handIn', olaf)).rejects.toMatchObject(BUSY);
      expect(await trainer.ask('verdict')).toMatchObject({ approved: true });
      await trainee.ask('rest');
      // Putting away what it had lost took nothing from whoever has it now.
      expect(existsSync(inDossier(LOCK))).toBe(true);
      expect(await verdictAt(trainer)).toMatchObject({ approved: true, step: 'export' });
    },
  );

  it('is approved by no machine that slept too long', async () => {
    await from(offered);
    await trainer.ask('open', dossier);
    expect(await trainer.ask('watch', true)).toBe(1);
    await trainer.ask('answer');
    trainer.sleep();
    try {
      silentFor(70);
      await trainee.ask('open', dossier);
    } finally {
      trainer.wake();
    }
    await expect(trainer.ask('approve')).rejects.toMatchObject(BUSY);
    await expect(trainer.ask('sendBack', REASON)).rejects.toMatchObject(BUSY);
    expect(await verdictAt(trainee)).toMatchObject({ approved: false, step: 'review' });
    const known = logLines(LOG).lines.filter((line) => /"(approved|sent-back)"/.test(line));
    expect(known).toEqual([]);
  });
});

describe('an approval given on one machine', () => {
  it('needs the time that watching takes there, and stands on the other', async () => {
    await from(offered);
    await trainer.ask('open', dossier);
    expect(await trainer.ask('watch', false)).toBeLessThan(0.9);
    await trainer.ask('answer');
    await expect(trainer.ask('approve')).rejects.toMatchObject(refused('review-refused', { reasons: ['not-watched'] }));
    await approveThere();
    await trainer.ask('lock');
    expect(await verdictAt(trainee)).toMatchObject({ approved: true, step: 'export' });
  });

  it('is void there once the other made the clip anew, whatever old files are laid back', async () => {
    await from(offered);
    await approveThere();
    expect(await trainer.ask('steps')).toEqual(['export']);
    const then = join(folder.path, 'toen');
    cpSync(inDossier(), emptyFolder(then), { recursive: true });

    await trainee.ask('open', dossier);
    await trainee.ask('cover', 40);
    await trainee.ask('render');
    expect(await trainee.ask('steps')).toEqual(['hand-in']);
    expect(await verdictAt(trainer)).toMatchObject({ approved: false, step: 'hand-in' });

    for (const names of [['events'], ['events', 'report.json'], ['events', 'report.json', 'clip.mp4']]) {
      for (const name of names) cpSync(join(then, name), inDossier(name));
      for (const machine of [trainer, trainee]) {
        const { kind, approved, step } = await verdictAt(machine);
        // The list says so; nobody believes it.
        expect([names, kind, approved, step]).toEqual([names, 'approved', false, 'review']);
      }
    }
  });

  it('comes after sending back, putting right and handing in again', async () => {
    await from(offered);
    await trainer.ask('open', dossier);
    await trainer.ask('sendBack', REASON);
    expect(await trainer.ask('steps')).toEqual(['put-right']);
    expect(await verdictAt(trainee)).toMatchObject({ kind: 'sent-back', step: 'put-right' });
    await trainee.ask('open', dossier);
    await expect(trainee.ask('handIn', sara)).rejects.toMatchObject(
      refused('hand-in-refused', { reasons: ['sent-back'] }),
    );
    await trainee.ask('cover', 60);
    await trainee.ask('render');
    await trainee.ask('handIn', sara);
    expect(await trainee.ask('steps')).toEqual(['review']);
    await approveThere();
    expect(await trainer.ask('steps')).toEqual(['export']);
    expect(await verdictAt(trainee)).toMatchObject({ approved: true, step: 'export' });
  });
});

describe('four eyes over two machines', () => {
  it('the maker does not approve, on whichever machine and in whatever role', async () => {
    await from(offered);
    // A schoolopleider who edited on one machine, and judges on another.
    await trainer.ask('open', dossier);
    await trainer.ask('cover', 40);
    await trainer.ask('render');
    await expect(trainer.ask('handIn', sara)).rejects.toMatchObject(refused('hand-in-person'));
    const { clip } = await trainer.ask('verdict');
    expect(await trainer.ask('steps')).toEqual(['hand-in']);
    await trainee.ask('open', dossier);
    await expect(trainee.ask('handIn', sara)).rejects.toMatchObject(refused('hand-in-person'));
    await trainee.ask('lock');
    await trainee.ask('forge', 'Dio', dossier, { event: 'handed-in', sha256: clip!, to: sara });
    await trainee.ask('sit', 'Sara');
    await trainee.ask('open', dossier);
    expect(await trainee.ask('watch', true)).toBe(1);
    await trainee.ask('answer');
    await expect(trainee.ask('approve')).rejects.toMatchObject(refused('review-refused', { reasons: ['own-work'] }));
    await trainee.ask('rest');

    // The trainee at the schoolopleider's machine.
    await trainer.ask('sit', 'Dio');
    await trainer.ask('open', dossier);
    await expect(trainer.ask('approve')).rejects.toMatchObject(refused('act-not-allowed'));
  });
});

describe('the log', () => {
  it('loses nothing when two machines write it at the same time', async () => {
    await from(offered);
    const before = logLines(LOG).lines.length;
    await Promise.all([trainee.ask('note', 'Dio', dossier, LINES), trainer.ask('note', 'Sara', dossier, LINES)]);
    const { lines, torn } = logLines(LOG);
    const verdict = verifyChain(lines, [], CHAIN_TOOLS);
    expect([verdict.ok, torn]).toEqual([true, false]);
    const written = verdict.ok ? verdict.entries.slice(before) : [];
    expect(written).toHaveLength(2 * LINES);
    for (const who of new Set(written.map(({ by }) => by))) {
      const mine = written.filter(({ by }) => by === who);
      expect(mine.map(({ what }) => what)).toEqual(
        mine.map((_, seconds) => ({ event: 'footage-closed', dossier, seconds })),
      );
      expect(mine).toHaveLength(LINES);
    }
    // They really wrote in turn, not one after the other.
    const changes = written.filter(({ by }, index) => index > 0 && by !== written[index - 1]!.by).length;
    expect(changes).toBeGreaterThan(1);
  });
});
