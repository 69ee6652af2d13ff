import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { NO_DECISIONS } from '../../core/decision/decisions.ts';
import type { SchoolProfile } from '../../core/profile/profile.ts';
import { SAMPLE_RATE } from '../../core/media/frame-rate.ts';
import { segmentsOf } from '../../core/sound/speech.ts';
import { locateFfmpeg } from '../../native/ffmpeg/locate.ts';
import { probe } from '../../native/ffmpeg/probe.ts';
import { readAll } from '../../native/store/shelf.ts';
import { signProfile } from '../../native/vault/profile.ts';
import { COMPLETE } from '../fixtures/intake.ts';
import { HeardDesk } from '../fixtures/desk.ts';
import { composeSpoken, TURNS, writeSpoken, type Lesson } from '../fixtures/spoken-lesson.ts';
import { startProduct } from '../fixtures/product.ts';
import { makeVault, PASSPHRASE, SCHOOL, vaultFolder, type MadeVault } from '../fixtures/vault.ts';
import { VerificationFailed } from '../../native/job.ts';
import { SoundGate } from '../../native/sound/gate.ts';
import { hashOf } from '../../native/store/shelf.ts';
import { runCase, withDossier } from '../../native/vault/case-job.ts';
import { CLIP } from '../../native/vault/dossier.ts';
import { openEngine } from '../../native/engine.ts';
import { QUALITIES } from '../../native/analysis.ts';

const folder = vaultFolder();
afterAll(() => folder.remove());

const root = join(folder.path, 'kluis');
let lesson: Lesson;
let made: MadeVault;
let heard: HeardDesk;
let dossier = '';

beforeAll(async () => {
  lesson = await composeSpoken(TURNS.slice(0, 2));
  const file = join(folder.path, 'les.mp4');
  await writeSpoken(file, lesson);
  made = await makeVault(root);
  heard = await HeardDesk.of(root, 'Dio');
  dossier = await heard.takeIn(file, {
    ...COMPLETE,
    objections: [
      { pupil: 'Leerling 3', seat: 'raam' },
      { pupil: 'Fatima Idrissi', seat: 'deur' },
    ],
  });
  await heard.desk.open(dossier);
  expect((await heard.ended(heard.desk.analyse('fast'))).outcome).toBe('done');
});
afterAll(() => heard.desk.lock());

const school = (sound: SchoolProfile['sound']) => signProfile(made.admin, { ...SCHOOL, sound });

async function rendered() {
  const open = await heard.desk.open(dossier);
  const { analysisId } = open.analysis!;
  const [{ from, to }] = [lesson.spoken[0]!];
  const kept = [{ from: from / SAMPLE_RATE, to: to / SAMPLE_RATE, altered: false }];
  await heard.desk.atRest((each) =>
    each.decide({ ...NO_DECISIONS, analysis: analysisId, sound: { kept, bleeps: [] } }),
  );
  expect((await heard.ended(heard.desk.render('fast'))).outcome).toBe('done');
  const { checks, passed } = (await open.report())!;
  expect(passed).toBe(true);
  return new Map(checks.map((check) => [check.name, check.measured]));
}

describe('subtitles in a vault', () => {
  const words = (text: string) => ({ cues: [{ from: 0.5, to: 1.5, text }], harmless: [] });
  const made = async (text: string) => {
    const open = await heard.desk.open(dossier);
    const { analysisId } = open.analysis!;
    await heard.desk.atRest((each) => each.decide({ ...NO_DECISIONS, analysis: analysisId, subtitles: words(text) }));
    return heard.ended(heard.desk.render('fast'));
  };

  it('with a word that may be a name make no clip, and say which and where, also if the answers name it so', async () => {
    const names = [{ word: 'Fatima', at: 0.5 }];
    expect((await made('Fatima: mag ik?')).outcome).toEqual({ error: { code: 'subtitles-names', names } });
    const unknown = [{ word: 'Leerling 47', at: 0.5 }];
    expect((await made('Leerling 47: mag ik?')).outcome).toEqual({
      error: { code: 'subtitles-names', names: unknown },
    });
  });

  it('with a pseudonym go along, also where no sound may', async () => {
    expect((await made('Leerling 3: mag ik?')).outcome).toBe('done');
    const { checks } = (await (await heard.desk.open(dossier)).report())!;
    expect(checks.find(({ name }) => name === 'streams')?.measured).toBe('video+subtitle');
  });
});

describe('subtitles on the command line of a vault', () => {
  const [srt, decisions] = ['les.srt', 'besluit.json'].map((name) => join(folder.path, name)) as [string, string];
  const cli = (...args: string[]) =>
    startProduct([...args, '--vault', root, '--as', 'Dio', '--json'], { ONHERKENBAAR_PASSPHRASE: PASSPHRASE }).done;
  const decide = () => cli('case', 'decide', dossier, decisions, '--subtitles', srt);

  it('are taken in with the decisions, and refused with the line that is none', async () => {
    await heard.desk.lock();
    writeFileSync(decisions, JSON.stringify({ version: 1 }));
    writeFileSync(srt, '1\n00:00:01 --> 00:00:02,000\nHoi\n');
    const refused = await decide();
    expect(refused.events.at(-1)).toMatchObject({ code: 'subtitles-invalid', line: 2 });
    writeFileSync(srt, '1\n00:00:01,000 --> 00:00:02,000\nHoi.\n');
    expect((await decide()).code).toBe(0);
    heard = await HeardDesk.of(root, 'Dio');
    const { state } = await heard.desk.open(dossier);
    expect(state.decisions?.subtitles.cues).toEqual([{ from: 1, to: 2, text: 'Hoi.' }]);
  });
});

/** Digest of the clip that lies in the dossier. */
const clipNow = () =>
  withDossier(made.trainee, dossier, undefined, ({ shelf }) =>
    shelf.has(CLIP) ? hashOf(shelf, CLIP) : Promise.resolve(undefined),
  );

describe('sound in a vault', () => {
  it('is in the copy that is listened to', async () => {
    const open = await heard.desk.open(dossier);
    const file = await open.openMedia('proxy');
    const copy = join(folder.path, 'copy.mp4');
    for await (const piece of readAll(file)) appendFileSync(copy, piece);
    await file.close();
    expect((await probe(copy, await locateFfmpeg())).audio?.channels).toBe(1);
  });

  it('is listened to in the analysis, and what was heard is kept with it', async () => {
    const open = await heard.desk.open(dossier);
    const { heard: sound } = open.analysis!;
    expect(segmentsOf(sound!).map(({ kind, hint }) => `${kind} ${hint}`)).toEqual(['speech near', 'speech far']);
  });

  it('is in no clip while the school says so, whatever was marked', async () => {
    expect((await rendered()).get('streams')).toBe('video');
    await heard.desk.lock();
    const engine = await openEngine({});
    const wish = { ...engine, quality: QUALITIES.fast, style: 'fill', resume: false, acceptFindings: false } as const;
    const run = runCase(made.trainee, dossier, () => ({ ...wish, sound: 'kept' }), engine.tools, undefined);
    await expect(run).rejects.toMatchObject({ error: { code: 'sound-not-allowed', allowed: 'off' } });
  });

  it('is altered where the school allows no more, and kept where it does', async () => {
    for (const sound of ['altered', 'keep'] as const) {
      await school(sound);
      heard = await HeardDesk.of(root, 'Dio');
      const checks = await rendered();
      expect(checks.get('streams')).toBe('video+audio');
      expect(checks.get('sound-silent')).toBe(0);
      await heard.desk.lock();
    }
    const engine = await openEngine({});
    const wish = { ...engine, quality: QUALITIES.fast, style: 'fill', resume: false, acceptFindings: false } as const;
    const { report } = await runCase(
      made.trainee,
      dossier,
      () => ({ ...wish, sound: 'kept' }),
      engine.tools,
      undefined,
    );
    expect(report.checks.map(({ name }) => name)).toContain('sound-in-time');
    expect(report.sound).toBe('kept');
  });

  it('keeps a clip that was made of it from being handed in once the school allows less', async () => {
    heard = await HeardDesk.of(root, 'Dio');
    const refusals = async () => (await heard.desk.open(dossier)).handInRefusals();
    expect(await refusals()).not.toContain('sound-not-here');
    await school('altered');
    expect(await refusals()).toContain('sound-not-here');
  });

  it.each([false, true])(
    'that leaks makes no clip, and the report says where (findings waved through: %s)',
    async (waved) => {
      await heard.desk.lock();
      await school('keep');
      const before = await clipNow();
      // The gate stands open: all of the recording goes into the clip.
      const open = vi.spyOn(SoundGate.prototype, 'push').mockImplementation(function* (source) {
        yield source;
      });
      try {
        const engine = await openEngine({});
        const wish = {
          ...engine,
          quality: QUALITIES.fast,
          style: 'fill',
          resume: false,
          acceptFindings: waved,
        } as const;
        const run = runCase(made.trainee, dossier, () => ({ ...wish, sound: 'kept' }), engine.tools, undefined);
        const error = await run.catch((failure: unknown) => failure);
        if (!(error instanceof VerificationFailed)) throw error;
        const { report } = error;
        expect(report.passed).toBe(false);
        expect(report.checks.filter(({ passed }) => !passed).map(({ name }) => name)).toContain('sound-silent');
        const [, pupil] = lesson.spoken;
        const told = report.findings.filter(({ kind }) => kind === 'sound-not-silent' || kind === 'speech-heard');
        expect(told.some(({ seconds }) => Math.abs(seconds - pupil!.from / SAMPLE_RATE) < 0.5)).toBe(true);
        // What was there before is there still, and is no clip of these findings.
        expect(await clipNow()).toEqual(before);
      } finally {
        open.mockRestore();
      }
    },
  );
});
