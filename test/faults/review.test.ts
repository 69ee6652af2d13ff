import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { NO_DECISIONS } from '../../core/decision/decisions.ts';
import type { DossierEvent, Verdict } from '../../core/dossier/events.ts';
import { Residual, type ResidualAnswers } from '../../core/review/assessment.ts';
import type { OpenCase } from '../../native/desk/open-case.ts';
import { Dossier } from '../../native/vault/dossier.ts';
import { withRegisters } from '../../native/register/registers.ts';
import { Loopback } from '../../native/vault/loopback.ts';
import { setHold } from '../../native/vault/keeping.ts';
import { newId } from '../../native/vault/seal.ts';
import { signText } from '../../native/vault/signing.ts';
import { Session, Vault } from '../../native/vault/vault.ts';
import { HeardDesk } from '../fixtures/desk.ts';
import { COMPLETE } from '../fixtures/intake.ts';
import { entryOf } from '../fixtures/register.ts';
import { writeTalkingHead } from '../fixtures/talking-head.ts';
import { emptyFolder, makeVault, PASSPHRASE, vaultFolder } from '../fixtures/vault.ts';

const SECONDS = 3;
const folder = vaultFolder();
const made = join(folder.path, 'aangeboden');
const root = join(folder.path, 'werk');
const ABSENT = Object.fromEntries(Residual.options.map((each) => [each, 'absent'])) as ResidualAnswers;
let dossier = '';
let trainer: Session['keys'];
let other: Session['keys'];
let officer: Session['keys'];
let heard: HeardDesk;

beforeAll(async () => {
  const lesson = join(folder.path, 'les.mp4');
  await writeTalkingHead(lesson, {
    ...{ seconds: SECONDS, width: 320, height: 240, sound: false },
    visible: { from: 1, to: 2 },
  });
  const { admin } = await makeVault(made);
  const wish = { role: 'school-trainer', passphrase: PASSPHRASE, recovery: false } as const;
  trainer = (await admin.addPerson({ ...wish, name: 'Sara' })).keys;
  other = (await admin.addPerson({ ...wish, name: 'Olaf' })).keys;
  officer = (await admin.addPerson({ ...wish, role: 'privacy-officer', name: 'Petra' })).keys;
  heard = await HeardDesk.of(made, 'Dio');
  dossier = await heard.takeIn(lesson, COMPLETE);
  const open = await heard.desk.open(dossier);
  expect((await heard.ended(heard.desk.analyse('fast'))).outcome).toBe('done');
  expect((await heard.ended(heard.desk.render('fast'))).outcome).toBe('done');
  await open.handIn(trainer.person.id);
  await heard.desk.lock();
});
afterEach(() => heard.desk.lock());
afterAll(() => folder.remove());

async function sit(who: string): Promise<OpenCase> {
  await heard.desk.lock();
  heard = await HeardDesk.of(root, who);
  return heard.desk.open(dossier);
}
async function fresh(who: string): Promise<OpenCase> {
  cpSync(made, emptyFolder(root), { recursive: true });
  return sit(who);
}
const refused = (...reasons: string[]) => ({ error: { code: 'review-refused', reasons } });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Plays the clip at twice its speed, as fast as counts. */
async function watchAll({ review }: OpenCase): Promise<void> {
  for (let at = 0; at < SECONDS; at += 0.5) {
    await pause(250);
    review.watched({ from: at, to: at + 0.5 });
  }
}

async function approved(): Promise<OpenCase> {
  const open = await fresh('Sara');
  await watchAll(open);
  open.review.answer(ABSENT);
  await open.review.approve();
  return open;
}

/** Puts into a dossier what whoever may work in it could, with a client of their own. */
async function write(...events: DossierEvent[]): Promise<void> {
  const trainee = await Vault.open(root).unlock('Dio', PASSPHRASE);
  const loopback = await Loopback.start();
  const forged = await Dossier.open(trainee, dossier, loopback);
  for (const event of events) forged.record(event);
  forged.close();
  await loopback.close();
}

describe('the schoolopleider', () => {
  it('approves what was watched whole and answered for, and nothing before', async () => {
    const open = await fresh('Sara');
    await expect(open.review.approve()).rejects.toMatchObject(refused('not-watched', 'residual-open'));
    // A script that claims to have seen it all at once.
    open.review.watched({ from: 0, to: SECONDS });
    expect((await open.review.state()).coverage).toBeLessThan(0.3);
    await watchAll(open);
    expect((await open.review.state()).coverage).toBe(1);
    open.review.answer({ ...ABSENT, board: 'present' });
    await expect(open.review.approve()).rejects.toMatchObject(refused('residual-present'));
    open.review.answer(ABSENT);
    const approval = await open.review.approve();
    expect(approval).toMatchObject({ clip: open.state.clip, by: trainer.person.id });
    expect(await open.approval()).toEqual(approval);
    expect((await heard.desk.overview()).cases).toMatchObject([{ step: 'export' }]);
    const session = new Session(Vault.open(root), trainer);
    expect(session.entries().some(({ what }) => what.event === 'approved')).toBe(true);
  });

  it('goes on watching after a lock where it was left', async () => {
    const { review } = await fresh('Sara');
    await pause(600);
    review.watched({ from: 0, to: 1 });
    const again = await sit('Sara');
    expect((await again.review.state()).watched).toEqual([{ from: 0, to: 1 }]);
  });

  it('sends back with reasons; the same clip is not handed in again, a new one is', async () => {
    const open = await fresh('Sara');
    open.review.comment([{ at: 1.5, text: 'Hier is een naam op het bord te lezen.' }]);
    await open.review.sendBack('Dek het bord af.');
    expect((await heard.desk.overview()).cases).toMatchObject([{ step: 'put-right' }]);
    const mine = await sit('Dio');
    expect(mine.state.verdict).toMatchObject({
      kind: 'sent-back',
      reason: 'Dek het bord af.',
      comments: [{ at: 1.5 }],
    });
    await expect(mine.handIn(trainer.person.id)).rejects.toMatchObject({
      error: { code: 'hand-in-refused', reasons: ['sent-back'] },
    });
    await mine.decide({ ...NO_DECISIONS, zones: [{ x: 8, y: 8, width: 60, height: 60 }] });
    expect((await heard.ended(heard.desk.render('fast'))).outcome).toBe('done');
    await mine.handIn(trainer.person.id);
    expect(mine.state.verdict).toBeUndefined();
    // What was watched was another clip.
    expect((await (await sit('Sara')).review.state()).watched).toEqual([]);
  });

  it('rejects, and it can only be wiped', async () => {
    const open = await fresh('Sara');
    await open.review.reject('Een leerling vertelt over thuis.');
    const mine = await sit('Dio');
    await mine.decide({ ...NO_DECISIONS, cuts: [{ from: 0, to: 0.5 }] });
    expect((await heard.ended(heard.desk.render('fast'))).outcome).toBe('done');
    await expect(mine.handIn(trainer.person.id)).rejects.toMatchObject({
      error: { code: 'hand-in-refused', reasons: ['rejected'] },
    });
  });
});

describe('four eyes', () => {
  it('the maker judges nothing, by whatever call', async () => {
    const open = await fresh('Dio');
    expect(() => open.review).toThrow('act-not-allowed');
  });

  it('a schoolopleider who had a hand in the clip does not approve it', async () => {
    const open = await fresh('Sara');
    await open.decide({ ...NO_DECISIONS, zones: [{ x: 8, y: 8, width: 60, height: 60 }] });
    expect((await heard.ended(heard.desk.render('fast'))).outcome).toBe('done');
    const mine = await sit('Dio');
    await expect(mine.handIn(trainer.person.id)).rejects.toMatchObject({ error: { code: 'hand-in-person' } });
    const sha256 = mine.state.clip!;
    await heard.desk.lock();
    await write({ event: 'handed-in', sha256, to: trainer.person.id });
    const judging = await sit('Sara');
    await watchAll(judging);
    judging.review.answer(ABSENT);
    await expect(judging.review.approve()).rejects.toMatchObject(refused('own-work'));
  });

  it('approves nothing under a hold, and is handed nothing; both once it is lifted (R5, AVG art. 18)', async () => {
    const open = await fresh('Sara');
    await watchAll(open);
    open.review.answer(ABSENT);
    const hold = async (set: boolean) => {
      const session = new Session(Vault.open(root), officer);
      await setHold(session, dossier, set, new Date().toISOString().slice(0, 10));
    };
    await hold(true);
    await expect(open.review.approve()).rejects.toMatchObject(refused('not-ready'));
    await open.review.sendBack('Eerst de blokkade.');
    const maker = await sit('Dio');
    await maker.resolve('leerling 3', 'out-of-view');
    expect(await maker.handInRefusals()).toContain('on-hold');
    await expect(maker.handIn(trainer.person.id)).rejects.toMatchObject({ error: { code: 'hand-in-refused' } });
    await hold(false);
    expect(await maker.handInRefusals()).not.toContain('on-hold');
  });

  it('another schoolopleider than the one it was handed in to has no access to it', async () => {
    cpSync(made, emptyFolder(root), { recursive: true });
    await expect(sit('Olaf')).rejects.toMatchObject({ error: { code: 'access-denied' } });
  });
});

describe('an approval', () => {
  it('is void once anything is decided or rendered anew', async () => {
    await approved();
    const mine = await sit('Dio');
    expect(await mine.approval()).toBeDefined();
    await mine.decide({ ...NO_DECISIONS, zones: [{ x: 1, y: 1, width: 20, height: 20 }] });
    expect(await mine.approval()).toBeUndefined();
    expect((await heard.ended(heard.desk.render('fast'))).outcome).toBe('done');
    expect(await mine.approval()).toBeUndefined();
  });

  it('that someone else wrote into the dossier, or signed, is none', async () => {
    const open = await fresh('Sara');
    await watchAll(open);
    open.review.answer(ABSENT);
    const approval = await open.review.approve();
    await heard.desk.lock();
    // Whoever may work in a dossier can write what they like into its sealed list.
    for (const keys of [other, trainer]) {
      cpSync(made, emptyFolder(root), { recursive: true });
      await write({ event: 'approved', approval, signature: signText(keys.signingKey, JSON.stringify(approval)) });
      const mine = await sit('Dio');
      expect(mine.state.verdict?.kind).toBe('approved');
      expect(await mine.approval()).toBeUndefined();
      expect((await heard.desk.overview()).cases).toMatchObject([{ step: 'review' }]);
    }
  });

  it('rests on what its signer watched, not on what somebody wrote that they did', async () => {
    const { state } = await fresh('Dio');
    await heard.desk.lock();
    const watched = [{ from: 0, to: SECONDS }];
    const reviewing = { sha256: state.clip!, watched, residual: ABSENT, comments: [] };
    await write({ event: 'reviewing', reviewing, signature: 'AA==' });
    const open = await sit('Sara');
    expect((await open.review.state()).coverage).toBe(0);
    await expect(open.review.approve()).rejects.toMatchObject(refused('not-watched', 'residual-open'));
  });

  it('is void once a pupil of that class objects, and the dossier is open again (B2)', async () => {
    const open = await approved();
    const { approval, signature } = open.state.verdict as Extract<Verdict, { kind: 'approved' }>;
    await heard.desk.lock();
    await withRegisters(new Session(Vault.open(root), trainer), (registers) =>
      registers.add([{ group: '2v', entry: entryOf({ id: newId() }) }]),
    );
    heard = await HeardDesk.of(root, 'Dio');
    // Also before anybody has opened it: what is on the sheet counts.
    expect((await heard.desk.overview()).cases).toMatchObject([{ step: 'edit' }]);
    const mine = await heard.desk.open(dossier);
    expect(mine.state).toMatchObject({ handedIn: undefined, verdict: undefined });
    expect(await mine.approval()).toBeUndefined();
    expect(await mine.handInRefusals()).toEqual(['objections-open']);
    await heard.desk.lock();
    await write(
      { event: 'handed-in', sha256: approval.clip, to: approval.by },
      { event: 'approved', approval, signature },
    );
    const again = await sit('Dio');
    expect(again.state.verdict?.kind).toBe('approved');
    expect(await again.approval()).toBeUndefined();
    const lines = new Session(Vault.open(root), trainer).entries().filter(({ what }) => what.event === 'reopened');
    expect(lines.map(({ what }) => what)).toEqual([{ event: 'reopened', dossier, rule: 'B2' }]);
    // Met and handed in anew, it is judged like any other.
    await heard.desk.atRest((each) => each.resolve('Leerling 3', 'masked'));
    await heard.desk.atRest((each) => each.handIn(trainer.person.id));
    await heard.desk.lock();
    const judge = await sit('Sara');
    await watchAll(judge);
    judge.review.answer(ABSENT);
    expect(await judge.review.approve()).toMatchObject({ by: trainer.person.id });
    expect(await judge.approval()).toBeDefined();
  });

  it('asks for what the profile says must be watched, and signs which rule that was', async () => {
    const open = await fresh('Sara');
    expect(await open.review.state()).toMatchObject({ rule: 'every-second', required: [{ from: 0 }] });
    await watchAll(open);
    open.review.answer({ ...ABSENT, objector: 'present' });
    await expect(open.review.approve()).rejects.toMatchObject(refused('residual-present'));
    open.review.answer(ABSENT);
    const { coverage } = await open.review.approve();
    expect(coverage).toMatchObject({ rule: 'every-second', watched: coverage.seconds });
  });
});
