import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Residual, type ResidualAnswers } from '../../core/review/assessment.ts';
import { wipeDossier } from '../../native/wipe/dossier-wipe.ts';
import { Session, Vault } from '../../native/vault/vault.ts';
import { HeardDesk } from '../fixtures/desk.ts';
import { COMPLETE } from '../fixtures/intake.ts';
import { linesOfPdf, textOfPdf } from '../fixtures/pdf-text.ts';
import { runProduct } from '../fixtures/product.ts';
import { writeTalkingHead } from '../fixtures/talking-head.ts';
import { emptyFolder, importLesson, makeVault, PASSPHRASE, runInVault, vaultFolder } from '../fixtures/vault.ts';

const SECONDS = 3;
const folder = vaultFolder();
afterAll(() => folder.remove());

const root = join(folder.path, 'kluis');
const out = join(folder.path, 'stukken');
const SECRET = 'Jantje Pietersen';
const INTAKE = {
  ...COMPLETE,
  ...{ label: `les van ${SECRET}`, necessity: 'Ik wil zien hoe Şahin en ik vragen stellen.' },
  objections: [
    { pupil: SECRET, seat: `naast ${SECRET}` },
    { pupil: 'Leerling 3', seat: '' },
  ],
};
const ABSENT = Object.fromEntries(Residual.options.map((each) => [each, 'absent'])) as ResidualAnswers;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
let dossier = '';
let raw = '';
let clip = '';
let trainer: Session['keys'];

beforeAll(async () => {
  mkdirSync(out);
  const lesson = join(folder.path, 'les.mp4');
  const head = { seconds: SECONDS, width: 320, height: 240, sound: false, visible: { from: 1, to: 2 } };
  await writeTalkingHead(lesson, head);
  const { admin, trainee } = await makeVault(root);
  const wish = { passphrase: PASSPHRASE, recovery: false } as const;
  trainer = (await admin.addPerson({ ...wish, role: 'school-trainer', name: 'Sara' })).keys;
  await admin.addPerson({ ...wish, role: 'school-trainer', name: 'Olaf' });
  await admin.addPerson({ ...wish, role: 'privacy-officer', name: 'Pien' });
  raw = await importLesson(trainee, lesson);
  const made = await HeardDesk.of(root, 'Dio');
  dossier = await made.takeIn(lesson, INTAKE);
  const open = await made.desk.open(dossier);
  for (const { pupil } of INTAKE.objections) await open.resolve(pupil, 'masked');
  expect((await made.ended(made.desk.analyse('fast'))).outcome).toBe('done');
  expect((await made.ended(made.desk.render('fast'))).outcome).toBe('done');
  await open.handIn(trainer.person.id);
  clip = open.state.clip ?? '';
  await made.desk.lock();
  const judged = await HeardDesk.of(root, 'Sara');
  const { review } = await judged.desk.open(dossier);
  for (let at = 0; at < SECONDS; at += 0.5) {
    await pause(250);
    review.watched({ from: at, to: at + 0.5 });
  }
  review.answer(ABSENT);
  await review.approve();
  await judged.desk.lock();
});

const papers = (who: string, ...args: string[]) => runInVault(root, who, 'papers', ...args);
const file = (name: string) => join(out, name);
const logOf = (vault = root) => Vault.open(vault).log().entries();
const lastLine = (vault = root) => logOf(vault).at(-1);
/** No name of a pupil, and no place on this machine (law 8). */
function tellsNothing(name: string): void {
  for (const trace of [SECRET, folder.path, 'les.mp4']) {
    expect(textOfPdf(file(name))).not.toContain(trace);
    expect(readFileSync(file(name), 'latin1')).not.toContain(trace);
  }
}

describe('papers dossier', () => {
  it('shows who approved what, up to a place in the log, in both languages', async () => {
    const ran = await papers('Dio', 'dossier', dossier, '-o', file('dossier.pdf'));
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    const { seq, hash } = lastLine()!;
    expect(ran.events).toEqual([
      { event: 'paper', kind: 'dossier', dossier, file: file('dossier.pdf'), from: 'dossier', seq, hash },
    ]);
    const text = textOfPdf(file('dossier.pdf'));
    const approved = logOf().find(({ what }) => what.event === 'approved');
    expect(text).toContain(`keurde goed Aangetoond: Sara (schoolopleider), `);
    expect(text).toContain(`(logboek, regel ${approved?.seq})`);
    for (const part of ['elke seconde, 3 s in totaal', 'Leerling 3', 'pseudoniem weggelaten'])
      expect(text).toContain(part);
    // Of wide digits a digest takes two lines.
    for (const digest of [hash, clip]) expect(text.replaceAll(' ', '')).toContain(digest);
    expect(text).toContain('Ik wil zien hoe Sahin en ik vragen stellen.');
    // How the objections were met somebody said, and the log has it.
    expect(text).toContain('Elk bezwaar is opgelost Aangetoond');
    expect(text).toContain('De opname is gewist Niet aangetoond');
    tellsNothing('dossier.pdf');
    const english = await papers('Sara', 'dossier', dossier, '-o', file('record.pdf'), '--lang', 'en');
    expect(english.code).toBe(0);
    expect(textOfPdf(file('record.pdf'))).toContain('approved Shown: Sara (school trainer)');
  });

  it('speaks from the log alone to whoever has no key, and says so', async () => {
    const ran = await papers('Pien', 'dossier', dossier, '-o', file('zonder.pdf'));
    expect(ran.events).toMatchObject([{ from: 'log' }]);
    const text = textOfPdf(file('zonder.pdf'));
    expect(text).toContain('zonder de sleutel van deze opname');
    expect(text).toContain('Aangetoond: Sara (schoolopleider)');
    expect(text).not.toContain('Ik wil zien');
  });

  it('still speaks once the recording is wiped, and says what went with the key', async () => {
    const copy = emptyFolder(join(folder.path, 'gewist'));
    cpSync(root, copy, { recursive: true });
    await wipeDossier(new Session(Vault.open(copy), trainer), dossier, 'request');
    const ran = await runInVault(copy, 'Sara', 'papers', 'dossier', dossier, '-o', file('gewist.pdf'));
    expect(ran.events).toMatchObject([{ from: 'log', hash: lastLine(copy)?.hash }]);
    const text = textOfPdf(file('gewist.pdf'));
    const wiped = logOf(copy).findLast(({ what }) => what.event === 'wiped')?.what;
    for (const part of ['Deze opname is gewist', 'Volledig gewist', clip, 'De opname is gewist Aangetoond: Sara'])
      expect(text).toContain(part);
    expect(text.replaceAll(' ', '')).toContain(wiped?.event === 'wiped' ? wiped.certificate : 'none');
    expect(text).not.toContain('Leerling 3');
    tellsNothing('gewist.pdf');
    const after = await runInVault(copy, 'Sara', 'papers', 'honesty', dossier, '-o', file('te-laat.pdf'));
    expect(after.events.at(-1)).toMatchObject({ event: 'error', code: 'dossier-wiped' });
  });
});

describe('papers honesty', () => {
  it('tells what was measured of this very clip, on one page, and notes that the footage was opened', async () => {
    const before = logOf().length;
    const ran = await papers('Dio', 'honesty', dossier, '-o', file('eerlijk.pdf'));
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.events).toMatchObject([
      { kind: 'honesty', facesPerMinute: 1, manyFaces: false, tracks: 1, findings: 0 },
    ]);
    const text = textOfPdf(file('eerlijk.pdf'));
    for (const part of ['gemiddeld 1; de meeste in minuut 1: 1', 'retinaface-mnet25: vindt', 'Rondes 1', 'in 0 %'])
      expect(text).toContain(part);
    expect(text).toContain('er is niets meer gevonden');
    expect(Math.max(...linesOfPdf(file('eerlijk.pdf')).map(({ page }) => page))).toBe(1);
    expect(logOf().slice(before)).toMatchObject([{ what: { event: 'footage-opened', purpose: 'work' } }]);
    tellsNothing('eerlijk.pdf');
  });

  it.each([
    { name: 'a trainer without access', who: 'Olaf', id: () => dossier, code: 'access-denied' },
    { name: 'a role that sees no footage', who: 'Pien', id: () => dossier, code: 'act-not-allowed' },
    { name: 'a recording that nobody looked for faces in', who: 'Dio', id: () => raw, code: 'desk-not-analysed' },
    { name: 'a dossier that is not there', who: 'Dio', id: () => '0123456789abcdef', code: 'dossier-unknown' },
  ])('refuses $name', async ({ who, id, code }) => {
    const ran = await papers(who, 'honesty', id(), '-o', file('nee.pdf'));
    expect(ran.events.at(-1)).toMatchObject({ event: 'error', code });
    expect(ran.code).toBeGreaterThan(0);
    expect(existsSync(file('nee.pdf'))).toBe(false);
  });
});

describe('papers of the profile', () => {
  const profile = (kind: string, ...args: string[]) => runProduct(['papers', kind, '--vault', root, '--json', ...args]);

  it('need no passphrase, and say what the school left open (R9)', async () => {
    for (const [kind, name] of [['art30', 'a.pdf'] as const, ['art30', 'a.csv'] as const, ['dpia', 'd.pdf'] as const]) {
      const ran = await profile(kind, '-o', file(name));
      expect(ran).toMatchObject({ code: 0, stderr: '' });
      expect(ran.events).toMatchObject([{ event: 'paper', kind, file: file(name) }]);
      expect(ran.events[0]?.['gaps']).toContain('board');
    }
    expect(textOfPdf(file('a.pdf'))).toContain('NIET VERMELD in het schoolprofiel');
    expect(textOfPdf(file('d.pdf'))).toContain('Open punten voor de school');
    const csv = readFileSync(file('a.csv'), 'utf8');
    expect(csv.startsWith('\uFEFFOnderdeel;Inhoud\r\n')).toBe(true);
    expect(csv).toContain('Klachtenroute;NIET VERMELD in het schoolprofiel\r\n');
  });

  it('are refused where no profile stands', async () => {
    const bare = emptyFolder(join(folder.path, 'zonder-profiel'));
    cpSync(root, bare, { recursive: true });
    rmSync(join(bare, 'profile.json'));
    for (const kind of ['art30', 'dpia']) {
      const ran = await runProduct(['papers', kind, '--vault', bare, '-o', file('nee.pdf'), '--json']);
      expect(ran).toMatchObject({ code: 8, events: [{ code: 'profile-unsigned' }] });
    }
    const dossierToo = await runInVault(bare, 'Dio', 'papers', 'honesty', dossier, '-o', file('nee.pdf'));
    expect(dossierToo.events.at(-1)).toMatchObject({ code: 'profile-unsigned' });
    expect(existsSync(file('nee.pdf'))).toBe(false);
  });

  it('go where they may: over nothing unasked, into a folder that is there, under a fitting name', async () => {
    writeFileSync(file('bezet.pdf'), 'van iemand anders');
    const digest = () =>
      createHash('sha256')
        .update(readFileSync(file('bezet.pdf')))
        .digest('hex');
    const before = digest();
    const refused = async (to: string, code: string) => {
      const runs = [profile('dpia', '-o', to), papers('Dio', 'dossier', dossier, '-o', to)];
      for (const ran of await Promise.all(runs)) {
        expect(ran.events.at(-1)).toMatchObject({ event: 'error', code });
        expect(ran.code).toBe(6);
        expect(ran.stderr.trim().split('\n')).toHaveLength(1);
      }
    };
    await refused(file('bezet.pdf'), 'output-exists');
    await refused(join(out, 'weg', 'x.pdf'), 'output-folder-missing');
    await refused(join(root, 'certificates', 'x.pdf'), 'output-not-writable');
    symlinkSync(root, file('omweg'));
    await refused(join(out, 'omweg', 'x.pdf'), 'output-not-writable');
    await refused(file('stuk.docx'), 'paper-extension');
    await refused(file('stuk.csv'), 'paper-extension');
    expect(digest()).toBe(before);
    expect((await profile('dpia', '-o', file('bezet.pdf'), '--overwrite')).code).toBe(0);
    expect(digest()).not.toBe(before);
    expect(readdirSync(out).filter((name) => /\.(part|new)$/.test(name))).toEqual([]);
  });
});
