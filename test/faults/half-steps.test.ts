import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AuditEvent } from '../../core/audit/entry.ts';
import { NO_DECISIONS } from '../../core/decision/decisions.ts';
import { courseOf } from '../../core/dossier/course.ts';
import { addDays } from '../../core/retention/terms.ts';
import { dayNow } from '../../native/day.ts';
import { locateFfmpeg } from '../../native/ffmpeg/locate.ts';
import { decideCase, withDossier } from '../../native/vault/case-job.ts';
import { importRecording } from '../../native/vault/import.ts';
import { noteAssessment } from '../../native/vault/keeping.ts';
import { Session, Vault } from '../../native/vault/vault.ts';
import { wipeDossier } from '../../native/wipe/dossier-wipe.ts';
import { recover } from '../../native/wipe/recover.ts';
import { COMPLETE } from '../fixtures/intake.ts';
import {
  emptyFolder,
  importLesson,
  makeVault,
  vaultFolder,
  writeMarkedLesson,
  type MadeVault,
} from '../fixtures/vault.ts';

const folder = vaultFolder();
afterAll(() => folder.remove());
afterEach(() => vi.restoreAllMocks());

const template = join(folder.path, 'kluis');
const root = join(folder.path, 'werk');
const lesson = join(folder.path, 'les.mp4');
let made: MadeVault;
let dossier = '';

beforeAll(async () => {
  await writeMarkedLesson(lesson, 1);
  made = await makeVault(template);
  dossier = await importLesson(made.trainee, lesson);
});

/** At a fresh copy of the vault. */
function trainee(): Session {
  cpSync(template, emptyFolder(root), { recursive: true });
  return new Session(Vault.open(root), made.trainee.keys);
}

/** The power goes just before the log gets this line; what was done until then is on the disk. */
function cutBefore(session: Session, isLast: (what: AuditEvent) => boolean): void {
  const note = session.note.bind(session);
  vi.spyOn(session, 'note').mockImplementation((what) => {
    if (isLast(what)) throw new Error('power cut');
    return note(what);
  });
}
const again = () => new Session(Vault.open(root), made.trainee.keys);

describe('a power cut', () => {
  it('between overwriting a recording and saying so still ends in a whole certificate', async () => {
    const session = trainee();
    cutBefore(session, (what) => what.event === 'wipe-step' && what.step === 'ciphertext');
    await expect(wipeDossier(session, dossier, 'request')).rejects.toThrow('power cut');
    expect(readdirSync(session.folder('dossiers', dossier)).filter((name) => name.startsWith('original'))).toEqual([]);
    const [outcome] = (await recover(again())).wipes;
    expect(outcome).toMatchObject({ dossier, complete: true });
    expect(existsSync(session.folder('dossiers', dossier))).toBe(false);
  });

  it.each(['imported', 'dossier-opened'])(
    'before the line "%s" leaves a recording that can be handed in',
    async (line) => {
      const session = trainee();
      cutBefore(session, (what) => what.event === line);
      const source = { source: lesson, kind: 'lesson', recordedOn: undefined, label: 'les 2', access: [] } as const;
      const wish = { ...source, tools: await locateFfmpeg(), intake: COMPLETE };
      await expect(importRecording(session, wish)).rejects.toThrow('power cut');
      const next = again();
      expect((await recover(next)).failed).toEqual([]);
      const added = next.keyring.all().filter((id) => id !== dossier);
      expect(added.map((id) => courseOf(next.entries(), id))).toMatchObject([{ imported: true, opened: true }]);
    },
  );

  it('before a decision is logged leaves none: who decided had a hand in the clip, or did not decide', async () => {
    const session = trainee();
    const decisions = { ...NO_DECISIONS, cuts: [{ from: 0, to: 0.4 }] };
    cutBefore(session, (what) => what.event === 'decided');
    await expect(decideCase(session, dossier, decisions)).rejects.toThrow('power cut');
    await withDossier(again(), dossier, undefined, ({ state }) => {
      expect(state.decisions).toBeUndefined();
      return Promise.resolve();
    });
    await decideCase(again(), dossier, decisions);
    await withDossier(again(), dossier, undefined, ({ state }) => {
      expect(state.decisions?.cuts).toEqual(decisions.cuts);
      return Promise.resolve();
    });
  });
});

describe('the day of an assessment', () => {
  it('is refused where the recording would be wiped at once, or did not exist yet', async () => {
    const session = trainee();
    const today = dayNow();
    for (const on of [addDays(today, -365), addDays(today, -1), addDays(today, 1)])
      await expect(noteAssessment(session, dossier, on)).rejects.toMatchObject({
        error: { code: 'assessed-day', from: today, to: today },
      });
    expect(await noteAssessment(session, dossier, today)).toBe(addDays(today, 14));
  });
});
