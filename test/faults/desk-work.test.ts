import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NO_DECISIONS, type Decisions } from '../../core/decision/decisions.ts';
import type { OpenCase } from '../../native/desk/open-case.ts';
import { COMPLETE } from '../fixtures/intake.ts';
import { HeardDesk } from '../fixtures/desk.ts';
import { writeTalkingHead } from '../fixtures/talking-head.ts';
import { emptyFolder, makeVault, PASSPHRASE, searchFiles, traces, vaultFolder } from '../fixtures/vault.ts';

const folder = vaultFolder();
afterAll(() => folder.remove());

const lesson = join(folder.path, 'les.mp4');
const taken = join(folder.path, 'binnen');
const analysed = join(folder.path, 'bekeken');
const root = join(folder.path, 'werk');
/** A pupil objects, and it was not said yet how that is met. */
const intake = { ...COMPLETE, objections: [{ pupil: 'leerling 3', seat: 'bij het raam' }] };
let dossier = '';
let trainer = '';
let analysisId = '';
let heard: HeardDesk;

beforeAll(async () => {
  // Three segments of eight seconds, and a head in the second one alone.
  const visible = { from: 10, to: 14 };
  await writeTalkingHead(lesson, { seconds: 21, width: 320, height: 240, sound: false, visible });
  const { admin } = await makeVault(taken);
  const wish = { role: 'school-trainer', name: 'So', passphrase: PASSPHRASE, recovery: false } as const;
  trainer = (await admin.addPerson(wish)).keys.person.id;
  heard = await HeardDesk.of(taken, 'Dio');
  dossier = await heard.takeIn(lesson, intake);
  await heard.desk.lock();
  cpSync(taken, analysed, { recursive: true });
  heard = await HeardDesk.of(analysed, 'Dio');
  const open = await heard.desk.open(dossier);
  expect((await heard.ended(heard.desk.analyse('fast'))).outcome).toBe('done');
  analysisId = open.analysis!.analysisId;
  await heard.desk.lock();
});
afterEach(() => heard.desk.lock());

/** Someone at a fresh copy of a vault, with the recording before them. */
async function at(template: string, who = 'Dio') {
  cpSync(template, emptyFolder(root), { recursive: true });
  heard = await HeardDesk.of(root, who);
  const open = await heard.desk.open(dossier);
  return { desk: heard.desk, open };
}
const job = () => join(root, 'dossiers', dossier, 'job');
const code = (error: string, more = {}) =>
  expect.objectContaining({ error: expect.objectContaining({ code: error, ...more }) });
const render = async () => (await heard.ended(heard.desk.render('fast'))).outcome;

describe('a recording on the desk', () => {
  it('goes the whole way to the schoolopleider, and comes back with the next decision', async () => {
    const { desk, open } = await at(analysed);
    const step = async () => (await desk.overview()).cases.map((line) => line.step);
    expect(open.state).toMatchObject({ label: COMPLETE.label, intake });
    expect(await open.media()).toEqual(['proxy']);
    await expect(desk.atRest((open) => open.handIn(trainer))).rejects.toEqual(
      code('hand-in-refused', { reasons: ['objections-open', 'not-rendered'] }),
    );
    const area = { x: 8, y: 8, width: 40, height: 60 };
    await desk.atRest((open) => open.decide({ ...NO_DECISIONS, analysis: analysisId, zones: [area] }));
    expect(await render()).toBe('done');
    expect(await open.media()).toEqual(['proxy', 'clip']);
    expect(await open.report()).toMatchObject({ passed: true, sha256: open.state.clip });
    await expect(desk.atRest((open) => open.handIn(trainer))).rejects.toEqual(
      code('hand-in-refused', { reasons: ['objections-open'] }),
    );
    await desk.atRest((open) => open.resolve('leerling 3', 'masked'));
    await desk.atRest((open) => open.handIn(trainer));
    expect(open.state.handedIn).toEqual({ sha256: open.state.clip, to: trainer });
    await expect(desk.atRest((open) => open.handIn(trainer))).rejects.toEqual(
      code('hand-in-refused', { reasons: ['already-handed-in'] }),
    );
    expect(await step()).toEqual(['review']);

    const again = await desk.open(dossier);
    await desk.atRest((open) => open.decide({ ...NO_DECISIONS, analysis: analysisId }));
    expect(again.state).toMatchObject({
      clip: undefined,
      handedIn: undefined,
      resolutions: { 'leerling 3': 'masked' },
    });
    expect(await again.media()).toEqual(['proxy']);
    expect(await step()).toEqual(['edit']);
    await expect(desk.open(dossier).then(() => desk.atRest((open) => open.handIn(trainer)))).rejects.toEqual(
      code('hand-in-refused', { reasons: ['not-rendered'] }),
    );
  });

  it('is not handed in, nor shown, with another clip than the one that passed', async () => {
    const { desk, open } = await at(analysed);
    expect(await render()).toBe('done');
    const clip = join(root, 'dossiers', dossier, 'clip.mp4');
    const earlier = readFileSync(clip);
    await desk.atRest((open) =>
      open.decide({ ...NO_DECISIONS, analysis: analysisId, zones: [{ x: 8, y: 8, width: 40, height: 60 }] }),
    );
    expect(await render()).toBe('done');
    await desk.atRest((open) => open.resolve('leerling 3', 'masked'));
    const now = readFileSync(clip);
    // What a crash at the wrong moment leaves, or someone with access to the folder puts back.
    writeFileSync(clip, earlier);
    await expect(desk.atRest((open) => open.handIn(trainer))).rejects.toEqual(
      code('hand-in-refused', { reasons: ['not-rendered'] }),
    );
    expect(await open.media()).toEqual(['proxy']);
    rmSync(clip);
    await expect(desk.atRest((open) => open.handIn(trainer))).rejects.toEqual(
      code('hand-in-refused', { reasons: ['not-rendered'] }),
    );
    writeFileSync(clip, now);
    await desk.atRest((open) => open.handIn(trainer));
    expect(open.state.handedIn?.to).toBe(trainer);
  });

  it('keeps nobody in view but staff who consented', async () => {
    const { desk } = await at(analysed);
    const kept = { ...NO_DECISIONS, analysis: analysisId, tracks: { T001: 'keep' } } as const;
    for (const because of [{}, { T001: 'leerling 3' }])
      await expect(desk.atRest((open) => open.decide({ ...kept, because }))).rejects.toEqual(
        code('keep-not-staff', { track: 'T001' }),
      );
    await desk.atRest((open) => open.decide({ ...kept, because: { T001: COMPLETE.staff[0]!.name } }));
  });

  it('takes with it no file but the very one that it was taken from', async () => {
    const { desk } = await at(analysed);
    const other = join(folder.path, 'andere.mp4');
    const bytes = readFileSync(lesson);
    writeFileSync(other, Buffer.concat([bytes.subarray(0, -1), Buffer.from([bytes[bytes.length - 1]! ^ 1])]));
    await expect(desk.wipeSource(other, dossier)).rejects.toEqual(code('desk-source-differs'));
    expect(existsSync(other)).toBe(true);
    const copy = join(folder.path, 'kopie.mp4');
    cpSync(lesson, copy);
    expect((await desk.wipeSource(copy, dossier)).complete).toBe(true);
    expect(existsSync(copy)).toBe(false);
  });

  it('is there for whoever it was handed to, and not before', async () => {
    const { desk } = await at(analysed);
    await desk.lock();
    heard = await HeardDesk.of(root, 'So');
    expect((await heard.desk.overview()).cases).toMatchObject([{ step: 'not-yours', label: undefined }]);
    await expect(heard.desk.open(dossier)).rejects.toEqual(code('access-denied'));
    await heard.desk.lock();

    heard = await HeardDesk.of(root, 'Dio');
    await heard.desk.open(dossier);
    expect(await render()).toBe('done');
    await heard.desk.atRest((open) => open.resolve('leerling 3', 'out-of-view'));
    await heard.desk.atRest((open) => open.handIn(trainer));
    await heard.desk.lock();

    heard = await HeardDesk.of(root, 'So');
    expect((await heard.desk.overview()).cases).toMatchObject([{ step: 'judge', label: COMPLETE.label }]);
    expect(await (await heard.desk.open(dossier)).media()).toEqual(['proxy', 'clip']);
  });

  it('leaves nothing in the clear: neither picture nor answer', async () => {
    const { desk } = await at(analysed);
    expect(await render()).toBe('done');
    await desk.lock();
    const words = [COMPLETE.label, COMPLETE.necessity, 'leerling 3', 'bij het raam'].map((text) => Buffer.from(text));
    expect(searchFiles(root, [...traces(readFileSync(lesson)), ...words])).toEqual([]);
  });
});

describe('looking for faces', () => {
  it('stops when the desk is locked, and goes on where it was', async () => {
    const { desk } = await at(taken);
    const first = desk.analyse('fast');
    expect(await heard.reaches(first, ({ done }) => done > 100)).toMatchObject({ stage: 'analyse' });
    await desk.lock();
    expect(await heard.ended(first)).toEqual({ kind: 'analyse', outcome: 'cancelled', result: undefined });
    expect([desk.sitting, desk.busy]).toEqual([undefined, false]);
    expect(() => desk.analyse('fast')).toThrow('desk-no-dossier');
    expect(readdirSync(join(root, 'dossiers', dossier)).filter((name) => /part$|^(analysis|proxy)/.test(name))).toEqual(
      [],
    );
    const journal = join(job(), 'journal.jsonl');
    const { size } = statSync(journal);

    heard = await HeardDesk.of(root, 'Dio');
    const open = await heard.desk.open(dossier);
    expect(open.analysis).toBeUndefined();
    const second = heard.desk.analyse('fast');
    expect(await heard.reaches(second, ({ done }) => done > 0)).toMatchObject({ stage: 'analyse' });
    // Started afresh it would be shorter than what was known already.
    expect(statSync(journal).size).toBeGreaterThanOrEqual(size);
    expect(await heard.ended(second)).toEqual({ kind: 'analyse', outcome: 'done', result: dossier });
    expect(open.analysis?.analysisId).toBe(analysisId);
    expect(existsSync(job())).toBe(false);
  });

  it('again forgets decisions that name the tracks of before', async () => {
    const { desk, open } = await at(analysed);
    // Areas lie in the recording and stay.
    const zones = [{ x: 8, y: 8, width: 40, height: 60 }];
    await desk.atRest((open) =>
      open.decide({ ...NO_DECISIONS, analysis: analysisId, tracks: { T001: 'hide-body' }, zones }),
    );
    expect((await heard.ended(desk.analyse('fast'))).outcome).toBe('done');
    expect(open.state.decisions).toEqual({ ...NO_DECISIONS, zones });
  });
});

describe('rendering again', () => {
  let segments: Record<string, number>;
  let open: OpenCase;
  const written = () =>
    Object.fromEntries(
      readdirSync(job())
        .filter((name) => /^segment-\d+\.mp4$/.test(name))
        .sort()
        .map((name) => [name, statSync(join(job(), name)).mtimeMs]),
    );
  /** Numbers of the segments that were made since the last time. */
  const made = () => {
    const before = segments;
    segments = written();
    return Object.keys(segments).flatMap((name, index) => (segments[name] === before[name] ? [] : [index]));
  };

  beforeEach(async () => {
    const seat = await at(analysed);
    open = seat.open;
    const { tracks } = open.analysis!.analysis;
    expect(open.analysis!.analysis.frameCount).toBe(525);
    expect(tracks).toHaveLength(1);
    expect([tracks[0]!.start >= 200, tracks[0]!.end < 400]).toEqual([true, true]);
    await decide({});
    expect(await render()).toBe('done');
    segments = written();
    expect(Object.keys(segments)).toHaveLength(3);
  });

  const decide = (change: Partial<Decisions>) =>
    heard.desk.atRest((open) => open.decide({ ...NO_DECISIONS, analysis: analysisId, ...change }));

  it('without a change makes nothing anew', async () => {
    expect(await render()).toBe('done');
    expect(made()).toEqual([]);
  });

  it.each<[string, number[], Partial<Decisions>]>([
    ['another treatment of a track', [1], { tracks: { T001: 'keep' }, because: { T001: 'Dio' } }],
    ['an area for a while', [2], { zones: [{ x: 8, y: 8, width: 40, height: 60, during: { from: 18, to: 19 } }] }],
    ['an area over a border', [0, 1], { zones: [{ x: 8, y: 8, width: 40, height: 60, during: { from: 7, to: 9 } }] }],
    ['an area throughout', [0, 1, 2], { zones: [{ x: 8, y: 8, width: 40, height: 60 }] }],
    ['a cut in the last segment', [2], { cuts: [{ from: 17, to: 18 }] }],
    ['a cut in the first segment, which moves the others', [0, 1, 2], { cuts: [{ from: 1, to: 2 }] }],
  ])(
    'after %s makes segments %j anew, and the clip that it would be without the others',
    async (_what, touched, change) => {
      await decide(change);
      expect(await render()).toBe('done');
      expect(made()).toEqual(touched);
      const { clip } = open.state;
      rmSync(job(), { recursive: true });
      expect(await render()).toBe('done');
      expect(open.state.clip).toBe(clip);
    },
  );

  it('after it was stopped goes on, to the same clip', async () => {
    const { clip } = open.state;
    await decide({ zones: [{ x: 8, y: 8, width: 40, height: 60 }] });
    const stopped = heard.desk.render('fast');
    await heard.reaches(stopped, ({ stage, done }) => stage === 'render' && done > 250);
    heard.desk.cancel();
    expect((await heard.ended(stopped)).outcome).toBe('cancelled');
    expect(open.state.clip).toBeUndefined();
    expect(await open.media()).toEqual(['proxy']);
    await decide({});
    expect(await render()).toBe('done');
    expect(open.state.clip).toBe(clip);
  });
});
