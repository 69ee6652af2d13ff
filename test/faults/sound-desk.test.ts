import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_DECISIONS } from '../../core/decision/decisions.ts';
import type { SchoolProfile } from '../../core/profile/profile.ts';
import { SAMPLE_RATE } from '../../core/media/frame-rate.ts';
import { segmentsOf } from '../../core/sound/speech.ts';
import { signProfile } from '../../native/vault/profile.ts';
import { COMPLETE } from '../fixtures/intake.ts';
import { HeardDesk } from '../fixtures/desk.ts';
import { composeSpoken, TURNS, writeSpoken, type Lesson } from '../fixtures/spoken-lesson.ts';
import { makeVault, SCHOOL, vaultFolder, type MadeVault } from '../fixtures/vault.ts';
import { runCase } from '../../native/vault/case-job.ts';
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
  dossier = await heard.takeIn(file, COMPLETE);
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

describe('sound in a vault', () => {
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
  });
});
