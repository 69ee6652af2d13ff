import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NO_DECISIONS } from '../../core/decision/decisions.ts';
import { EMPTY_INTAKE, type Intake } from '../../core/dossier/intake.ts';
import { locateFfmpeg } from '../../native/ffmpeg/locate.ts';
import { importRecording } from '../../native/vault/import.ts';
import { Session, Vault } from '../../native/vault/vault.ts';
import { HeardDesk } from '../fixtures/desk.ts';
import { COMPLETE } from '../fixtures/intake.ts';
import { emptyFolder, makeVault, PASSPHRASE, vaultFolder, writeMarkedLesson } from '../fixtures/vault.ts';

const folder = vaultFolder();
afterAll(() => folder.remove());

const lesson = join(folder.path, 'les.mp4');
const template = join(folder.path, 'kluis');
const root = join(folder.path, 'werk');
let trainee: Session['keys'];
let officer = '';
let dossier = '';
let heard: HeardDesk;

beforeAll(async () => {
  await writeMarkedLesson(lesson, 4);
  const made = await makeVault(template);
  trainee = made.trainee.keys;
  const wish = { role: 'privacy-officer', name: 'Po', passphrase: PASSPHRASE, recovery: false } as const;
  officer = (await made.admin.addPerson(wish)).keys.person.id;
  heard = await HeardDesk.of(template, 'Dio');
  dossier = await heard.takeIn(lesson, COMPLETE);
  await heard.desk.open(dossier);
  expect((await heard.ended(heard.desk.analyse('fast'))).outcome).toBe('done');
  await heard.desk.lock();
});
beforeEach(async () => {
  cpSync(template, emptyFolder(root), { recursive: true });
  heard = await HeardDesk.of(root, 'Dio');
});
afterEach(() => heard.desk.lock());

const code = (wanted: string, more = {}) =>
  expect.objectContaining({ error: expect.objectContaining({ code: wanted, ...more }) });
const events = () => new Session(Vault.open(root), trainee).entries().map(({ what }) => what.event);
const dossiers = () => readdirSync(join(root, 'dossiers'));

describe('gate G0', () => {
  const incomplete: readonly (readonly [string, string[], Partial<Intake>])[] = [
    ['an answer is missing', ['B1'], { objectionsChecked: false }],
    ['it is not said what kind of recording it is', ['P9-unanswered'], { source: undefined }],
    ['a rule closes the way', ['P5'], { forEvaluation: false }],
    ['it is camera surveillance', ['P9'], { source: 'surveillance' }],
    ['two answers are missing', ['P9-unanswered', 'P4'], { source: undefined, necessity: '' }],
  ];

  it.each(incomplete)('keeps a recording out on the desk when %s, and the draft stays', async (_why, rules, change) => {
    const { desk } = heard;
    const { id } = desk.beginDraft();
    await desk.saveDraft(id, { ...COMPLETE, ...change });
    const before = events();
    expect(await heard.ended(desk.import(lesson, id))).toEqual({
      kind: 'import',
      outcome: { error: { code: 'intake-refused', rules } },
      result: undefined,
    });
    expect(dossiers()).toEqual([dossier]);
    expect(events()).toEqual(before);
    expect((await desk.overview()).drafts.map((draft) => draft.id)).toEqual([id]);
  });

  it.each([...incomplete, ['nothing was answered', ['label', 'B1'], EMPTY_INTAKE] as (typeof incomplete)[number]])(
    'keeps a recording out of the vault itself when %s',
    async (_why, rules, change) => {
      const session = new Session(Vault.open(root), trainee);
      const facts = { source: lesson, kind: 'lesson', recordedOn: '2026-11-20', label: 'les', access: [] } as const;
      const wish = { ...facts, intake: { ...COMPLETE, ...change }, tools: await locateFfmpeg() };
      const before = events();
      await expect(importRecording(session, wish)).rejects.toEqual(
        code('intake-refused', { rules: expect.arrayContaining(rules) }),
      );
      expect(dossiers()).toEqual([dossier]);
      expect(events()).toEqual(before);
    },
  );

  it('lets a recording in with complete answers, which stay with it while the draft goes', async () => {
    const { desk } = heard;
    const { id } = desk.beginDraft();
    await desk.saveDraft(id, COMPLETE);
    const { outcome, result } = await heard.ended(desk.import(lesson, id));
    expect(outcome).toBe('done');
    expect(events().slice(-2)).toEqual(['imported', 'dossier-opened']);
    expect((await desk.overview()).drafts).toEqual([]);
    expect((await desk.open(result!)).state).toMatchObject({
      intake: COMPLETE,
      source: 'lesson',
      label: COMPLETE.label,
    });
    const steps = (await desk.overview()).cases.map(({ id: each, step }) => [each, step]);
    expect(new Map(steps as [string, string][])).toEqual(
      new Map([
        [dossier, 'edit'],
        [result!, 'analyse'],
      ]),
    );
  });
});

describe('one job at a time', () => {
  it('is all there is: whatever else would work on a recording is refused meanwhile', async () => {
    const { desk } = heard;
    await desk.open(dossier);
    const job = desk.analyse('careful');
    const running = code('desk-job-running');
    expect(() => desk.analyse('fast')).toThrow(running);
    expect(() => desk.render('fast')).toThrow(running);
    const { id } = desk.beginDraft();
    expect(() => desk.import(lesson, id)).toThrow(running);
    await expect(desk.atRest((open) => open.decide(NO_DECISIONS))).rejects.toEqual(running);
    await expect(desk.atRest((open) => open.handIn(officer))).rejects.toEqual(running);
    await expect(desk.open('00112233445566aa')).rejects.toEqual(running);
    // The one that is being worked on lies there still, and the overview does not put it away.
    expect((await desk.overview()).cases).toMatchObject([{ id: dossier, step: 'edit' }]);
    expect((await desk.open(dossier)).id).toBe(dossier);
    desk.cancel();
    expect((await heard.ended(job)).outcome).toBe('cancelled');
    expect(desk.busy).toBe(false);
    expect((await heard.ended(desk.render('fast'))).outcome).toBe('done');
  });

  it('an import that is stopped leaves nothing, and the draft', async () => {
    const { desk } = heard;
    const { id } = desk.beginDraft();
    await desk.saveDraft(id, COMPLETE);
    const job = desk.import(lesson, id);
    desk.cancel();
    expect((await heard.ended(job)).outcome).toBe('cancelled');
    expect(dossiers()).toEqual([dossier]);
    expect((await desk.overview()).drafts.map((draft) => draft.id)).toEqual([id]);
  });

  it('tells of its progress, never beyond the end', async () => {
    const { desk } = heard;
    await desk.open(dossier);
    expect((await heard.ended(desk.render('fast'))).outcome).toBe('done');
    expect(new Set(heard.progress.map(({ stage }) => stage))).toEqual(new Set(['render', 'verify']));
    for (const { done, total, secondsLeft } of heard.progress) {
      expect(done <= total).toBe(true);
      expect(secondsLeft >= 0 && Number.isFinite(secondsLeft)).toBe(true);
    }
    expect(heard.progress.at(-1)).toMatchObject({ stage: 'verify', done: 100, total: 100 });
  });
});

describe('decisions', () => {
  it('are refused when they name another analysis, or a track that it does not know', async () => {
    const { desk } = heard;
    const open = await desk.open(dossier);
    const { analysisId } = open.analysis!;
    const before = events();
    const other = { ...NO_DECISIONS, analysis: 'fedcba9876543210', tracks: {} };
    await expect(desk.atRest((open) => open.decide(other))).rejects.toEqual(
      code('decisions-other-analysis', { expected: analysisId }),
    );
    const unknown = { ...NO_DECISIONS, analysis: analysisId, tracks: { T900: 'keep' } } as const;
    await expect(desk.atRest((open) => open.decide(unknown))).rejects.toEqual(
      code('decisions-unknown-track', { track: 'T900' }),
    );
    await expect(desk.atRest((open) => open.decide({ ...NO_DECISIONS, cuts: [{ from: 2, to: 1 }] }))).rejects.toEqual(
      code('value-invalid'),
    );
    expect(open.state.decisions).toBeUndefined();
    expect(events()).toEqual(before);
  });

  it('that leave nothing over make no clip', async () => {
    const { desk } = heard;
    await desk.open(dossier);
    await desk.atRest((open) => open.decide({ ...NO_DECISIONS, cuts: [{ from: 0, to: 100 }] }));
    expect((await heard.ended(desk.render('fast'))).outcome).toEqual({ error: { code: 'plan-cuts-everything' } });
  });

  it('come after the analysis, and so does the clip', async () => {
    const { desk } = heard;
    const fresh = await heard.takeIn(lesson, COMPLETE);
    const open = await desk.open(fresh);
    await expect(desk.atRest((open) => open.decide(NO_DECISIONS))).rejects.toEqual(code('desk-not-analysed'));
    expect((await heard.ended(desk.render('fast'))).outcome).toEqual({ error: { code: 'desk-not-analysed' } });
    expect(await open.media()).toEqual([]);
    await expect(desk.media('proxy')).rejects.toEqual(code('vault-item-missing'));
  });
});

describe('a hand-in', () => {
  it('goes to nobody who may not see footage, and nothing of it is kept', async () => {
    const { desk } = heard;
    const open = await desk.open(dossier);
    expect((await heard.ended(desk.render('fast'))).outcome).toBe('done');
    const oneself = desk.sitting!.id;
    for (const person of [officer, oneself, '00112233445566aa'])
      await expect(desk.atRest((open) => open.handIn(person))).rejects.toEqual(code('hand-in-person'));
    expect(open.state.handedIn).toBeUndefined();
    expect(events()).not.toContain('handed-in');
  });
});

describe('a desk', () => {
  it('that is locked does nothing, and one without a dossier nothing with it', async () => {
    const { desk } = heard;
    const none = code('desk-no-dossier');
    expect(() => desk.analyse('fast')).toThrow(none);
    expect(() => desk.render('fast')).toThrow(none);
    await expect(desk.atRest((open) => open.resolve('leerling 3', 'masked'))).rejects.toEqual(none);
    expect(() => desk.media('proxy')).toThrow(none);
    await expect(desk.atRest((open) => open.decide(NO_DECISIONS))).rejects.toEqual(none);
    await expect(desk.atRest((open) => open.handIn(officer))).rejects.toEqual(none);
    await desk.open(dossier);
    await desk.lock();
    expect(desk.sitting).toBeUndefined();
    const locked = code('desk-locked');
    await expect(desk.overview()).rejects.toEqual(locked);
    await expect(desk.open(dossier)).rejects.toEqual(locked);
    expect(() => desk.beginDraft()).toThrow(locked);
    expect(() => desk.import(lesson, dossier)).toThrow(locked);
    await expect(new HeardDesk().desk.unlock('Dio', PASSPHRASE)).rejects.toEqual(code('desk-no-vault'));
  });

  it('is not opened by a wrong passphrase, and holds a dossier that nobody else then works in', async () => {
    await heard.desk.open(dossier);
    const other = new HeardDesk();
    other.desk.choose(root);
    await expect(other.desk.unlock('Dio', 'vier woorden zijn fout')).rejects.toEqual(code('passphrase-wrong'));
    expect(other.desk.sitting).toBeUndefined();
    await other.desk.unlock('Dio', PASSPHRASE);
    expect((await other.desk.overview()).cases).toMatchObject([{ step: 'busy', label: undefined }]);
    await expect(other.desk.open(dossier)).rejects.toEqual(code('dossier-busy'));
    await heard.desk.lock();
    expect((await other.desk.open(dossier)).id).toBe(dossier);
    await other.desk.lock();
  });

  it('that is locked while a dossier is being opened has none open afterwards', async () => {
    const opening = heard.desk.open(dossier);
    await heard.desk.lock();
    await opening;
    expect(() => heard.desk.media('proxy')).toThrow(code('desk-no-dossier'));
    const other = await HeardDesk.of(root, 'Dio');
    expect((await other.desk.open(dossier)).id).toBe(dossier);
    await other.desk.lock();
  });

  it('opens a dossier once when it is asked for twice, and while it makes an overview', async () => {
    const { desk } = heard;
    const [lines, first, second] = await Promise.all([desk.overview(), desk.open(dossier), desk.open(dossier)]);
    expect(lines.cases).toMatchObject([{ id: dossier, step: 'edit' }]);
    expect(first).toBe(second);
  });

  it('has nothing left on it of the one who sat there before', async () => {
    const { desk } = heard;
    await desk.open(dossier);
    await expect(desk.unlock('Po', 'vier woorden zijn fout')).rejects.toEqual(code('passphrase-wrong'));
    expect(desk.sitting?.name).toBe('Dio');
    await desk.unlock('Po', PASSPHRASE);
    expect(desk.sitting?.name).toBe('Po');
    expect(() => desk.media('proxy')).toThrow(code('desk-no-dossier'));
    await expect(desk.open(dossier)).rejects.toEqual(code('act-not-allowed'));
  });

  it('wipes the file that a dossier was taken from, and says so in the log', async () => {
    const card = join(folder.path, 'kaart.mp4');
    cpSync(lesson, card);
    expect(await heard.desk.wipeSource(card, dossier)).toMatchObject({ complete: true });
    expect(existsSync(card)).toBe(false);
    expect(events().slice(-2)).toEqual(['source-wipe-begun', 'source-wiped']);
  });
});
