import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signProfile } from '../../native/vault/profile.ts';
import { Session, Vault } from '../../native/vault/vault.ts';
import { wipeDossier } from '../../native/wipe/dossier-wipe.ts';
import { INTAKE, lessonInVault, vaultForApp } from '../fixtures/app-vault.ts';
import { changePlaces, drawArea, unlockAs } from '../fixtures/app-way.ts';
import { answerDialogs, appPlace, launch, type RunningApp } from '../fixtures/app.ts';
import { workFolder } from '../fixtures/product.ts';
import { writeTalkingHead } from '../fixtures/talking-head.ts';
import { PASSPHRASE, SCHOOL } from '../fixtures/vault.ts';
import { look, show } from './accessible.ts';

const place = appPlace();
const folder = workFolder();
let running: RunningApp;

/** One lesson that is there, one that was wiped, and a privacy officer. */
beforeAll(async () => {
  const trainee = await vaultForApp(place);
  const lesson = join(folder.path, 'les.mp4');
  await writeTalkingHead(lesson, { seconds: 2, width: 320, height: 240, sound: false });
  const objections = [
    { pupil: 'Leerling 3', seat: 'rij 2, plaats 4' },
    { pupil: 'Leerling 7', seat: 'bij het raam' },
  ];
  await lessonInVault(trainee, lesson, { ...INTAKE, objections });
  await wipeDossier(trainee, await lessonInVault(trainee, lesson), 'request');
  const vault = Vault.open(place.vault);
  const [bea] = [...vault.people().values()].filter(({ person: { role } }) => role === 'administrator');
  const admin: Session = await vault.unlock(bea!.person.id, PASSPHRASE);
  // A letter is in the school's own words, with its complaint route (B8).
  const contact = { name: 'Pia Privacy', mail: 'privacy@voorbeeld.nl' };
  await signProfile(admin, { ...SCHOOL, privacyOfficer: contact, complaints: 'Klagen kan bij de directie.' });
  const officer = { name: 'Pia Privacy', passphrase: PASSPHRASE, recovery: false };
  await admin.addPerson({ ...officer, role: 'privacy-officer' });
  running = await launch(place);
});
afterAll(async () => {
  await running?.close();
  place.remove();
  folder.remove();
});

const events = () =>
  readFileSync(join(place.vault, 'log', 'audit.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { what: { event: string } }).what.event);
const isPdf = (file: string) => existsSync(file) && readFileSync(file).subarray(0, 5).toString('latin1') === '%PDF-';

/** Each step goes on where the one before it ended. */
describe('what is left to people, and what the privacy officer deals with', { sequential: true }, () => {
  it('gives the trainee the tasks of a wipe, to be ended by saying so', async () => {
    const { page } = running;
    await unlockAs(running, 'Daan Docent');
    const task = page.getByRole('listitem').filter({ hasText: /geheugenkaart leegmaken/ });
    await task.getByText('Daan Docent').waitFor();
    await look(running, '40-taken');
    await task.getByRole('button', { name: 'Gedaan' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Ja, dit is gedaan' }).click();
    await task.waitFor({ state: 'detached' });
    // Another's is not for a trainee to end.
    const other = page.getByRole('listitem').filter({ hasText: 'back-ups' });
    expect(await other.getByRole('button').count()).toBe(0);
  });

  it('draws where an objecting pupil sits, and notes to how many a recording was shown', async () => {
    const { page } = running;
    await page.getByRole('button', { name: 'Gezichten zoeken' }).click();
    await page.getByText('Snel', { exact: true }).click();
    await page.getByRole('button', { name: 'Begin met zoeken' }).click();
    await page.getByRole('button', { name: 'Verder: bewerken' }).click({ timeout: 120_000 });
    // Who objects, where they sit: by row and place on a plan, anybody else in the list alone.
    await page.getByRole('tab', { name: /Bezwa/ }).click();
    const plan = page.getByRole('group', { name: 'Plattegrond van de klas' });
    const seat = plan.getByRole('button', { name: /Leerling 3, rij 2, plaats 4: nog niet opgelost/ });
    await seat.click();
    expect(await plan.getByRole('button').count()).toBe(1);
    await drawArea(running);
    await page.getByText('1 gebied', { exact: true }).waitFor();
    await page.getByRole('tab', { name: /Bezwa/ }).click();
    await page.getByText('Is overal afgedekt').first().click();
    await plan.getByRole('button', { name: /Leerling 3, rij 2, plaats 4: opgelost/ }).waitFor();
    await look(running, '40a-plattegrond');
    const scroll = () => page.evaluate(() => document.querySelector('.screen')!.scrollHeight <= innerHeight);
    expect(await scroll()).toBe(true);
    await page.getByRole('button', { name: /Aanbieden/ }).click();
    await page.getByLabel('Op', { exact: true }).fill(new Date().toISOString().slice(0, 10));
    await page.getByLabel('Aan hoeveel mensen').fill('14');
    await page.getByRole('button', { name: 'Opschrijven' }).click();
    await page.getByText(/aan 14 mensen \(aan een groep\)/).waitFor();
    await look(running, '41-getoond');
    expect(events().at(-1)).toBe('shown');
  });

  it('tells the schoolopleider what is missing before a dossier can be closed', async () => {
    const { page } = running;
    await changePlaces(running, 'Sara Schoolopleider');
    await page.getByText(/er is niet vastgelegd dat de opname is beoordeeld/).waitFor();
    expect(await page.getByRole('button', { name: 'Sluiten' }).isDisabled()).toBe(true);
    await look(running, '42-nog-te-sluiten');
    // Whoever has most to choose from gets it all on a small screen, or at 125 %.
    await show(running, 1024, 640, 'light');
    const lock = (await page.getByRole('button', { name: 'Vergrendelen' }).boundingBox())!;
    expect(lock.x + lock.width).toBeLessThanOrEqual(1024);
    await look(running, '42a-125-procent');
    await show(running, 1280, 800, 'light');
  });

  it('lets the privacy officer close it, who is told what they answer for', async () => {
    const { page } = running;
    await changePlaces(running, 'Pia Privacy');
    await page.getByText('Er ontbreekt niets meer').waitFor();
    await page.getByRole('button', { name: 'Sluiten' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Ja, sluiten' }).click();
    await page.getByText('Het dossier is gesloten.').waitFor();
    await page.getByText(/Let op: er is niet vastgelegd/).waitFor();
    expect(events().at(-1)).toBe('dossier-closed');
  });

  it('takes a request in, and says by when it must be answered', async () => {
    const { page } = running;
    await page.getByRole('button', { name: 'Verzoeken' }).click();
    await page.getByText('Er zijn geen verzoeken').waitFor();
    await page.getByText('Er zijn geen datalekken gemeld').waitFor();
    await look(running, '43-verzoeken-leeg');
    await page.getByRole('button', { name: 'Verzoek inschrijven' }).click();
    const dialog = page.getByRole('dialog').last();
    await dialog.getByText('beperking').click();
    await dialog.getByLabel('Klas of groep').fill('2V');
    await dialog.getByLabel('Schuilnaam').fill('Jan Jansen');
    await dialog
      .getByText(/Leerling 3/)
      .first()
      .waitFor();
    expect(await dialog.getByRole('button', { name: 'Inschrijven' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Schuilnaam').fill('Leerling 3');
    await dialog.getByLabel('Eerste lesdag').fill('2026-11-20');
    await look(running, '44-verzoek-inschrijven');
    await dialog.getByRole('button', { name: 'Inschrijven' }).click();
    await dialog.getByText(/antwoord uiterlijk/).waitFor();
  });

  it('finds the recordings by day, and asks of which class they are what nobody can read', async () => {
    const { page } = running;
    const dialog = page.getByRole('dialog').last();
    await dialog.getByRole('button', { name: 'Opnames zoeken' }).click();
    await dialog.getByText('Van welke klas is niet te lezen').waitFor();
    // Nobody is told that it was done while a recording was not looked at.
    await dialog.getByRole('button', { name: 'Beantwoorden' }).click();
    await dialog.getByText('ingewilligd', { exact: true }).click();
    await dialog.getByRole('button', { name: 'Beantwoorden' }).click();
    await dialog.getByText(/niet nagegaan welke klas/).waitFor();
    await dialog.getByRole('button', { name: 'Annuleren' }).click();
    await dialog.getByText('ja', { exact: true }).click();
    await dialog.getByRole('button', { name: 'Opnieuw zoeken' }).click();
    await dialog.getByText(/Geblokkeerd: opname van 20 november 2026/).waitFor();
    await look(running, '45-verzoek');
    expect(events()).toContain('hold-set');
  });

  it('answers it, with a letter to print', async () => {
    const { page } = running;
    const dialog = page.getByRole('dialog').last();
    await dialog.getByRole('button', { name: 'Beantwoorden' }).click();
    await dialog.getByText('ingewilligd', { exact: true }).click();
    await look(running, '46-beantwoorden');
    await dialog.getByRole('button', { name: 'Beantwoorden' }).click();
    await dialog.getByText(/Ingewilligd op/i).waitFor();
    const letter = join(folder.path, 'antwoord.pdf');
    await answerDialogs(running, letter);
    await dialog.getByRole('button', { name: 'Brief als PDF' }).click();
    await expect.poll(() => isPdf(letter)).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByText('beantwoord', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Dossiers' }).click();
    await page.getByText('Wissen staat stil').waitFor();
    await page.getByRole('button', { name: 'Blokkade opheffen' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Ja' }).click();
    await page.getByRole('button', { name: 'Blokkeren' }).waitFor();
  });

  it('follows a data breach from the report to the form and the outcome', async () => {
    const { page } = running;
    await page.getByRole('button', { name: 'Datalek melden' }).click();
    const dialog = page.getByRole('dialog').last();
    await dialog.getByText('Apparaat of opslag kwijtgeraakt').click();
    await dialog.getByLabel(/In een paar zinnen/).fill('De laptop bleef in de trein liggen.');
    await dialog.getByRole('button', { name: 'Melden' }).click();
    await dialog.getByRole('button', { name: 'Sluiten' }).click();
    await page.getByRole('button', { name: 'Verzoeken' }).click();
    await page.getByText(/nog 7\d uur om te melden/).waitFor();
    await page
      .getByRole('listitem')
      .filter({ hasText: 'om te melden' })
      .getByRole('button', { name: 'Bekijken' })
      .click();
    await dialog.getByText(/is wat het toen was|wat het toen was/).waitFor();
    await look(running, '47-datalek-bekijken');
    await dialog.getByRole('button', { name: 'Bijwerken' }).click();
    await dialog.getByText('beelden van gezichten of personen').click();
    await dialog.getByText('apparaat op afstand vergrendeld of gewist').click();
    await look(running, '48-datalek-bijwerken');
    await dialog.getByRole('button', { name: 'Bewaren' }).click();
    const form = join(folder.path, 'datalek.pdf');
    await answerDialogs(running, form);
    await dialog.getByRole('button', { name: 'Formulier als PDF' }).click();
    await expect.poll(() => isPdf(form)).toBe(true);
    await dialog.getByRole('button', { name: 'Afsluiten' }).click();
    await dialog.getByText('niet gemeld').click();
    await dialog.getByLabel('Waarom zo besloten?').fill('Alles stond versleuteld in de kluis.');
    await look(running, '49-datalek-afsluiten');
    await dialog.getByRole('button', { name: 'Afsluiten' }).click();
    await expect.poll(() => page.getByRole('dialog').count()).toBe(1);
    await dialog.getByText(/Alles stond versleuteld/).waitFor();
    // The button that began it is gone; whoever has no mouse gets out all the same.
    const within = () => page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null);
    await expect.poll(within).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByText('afgesloten', { exact: true }).waitFor();
    await page.getByRole('button', { name: /English/ }).click();
    await page.getByRole('button', { name: 'Requests' }).click();
    await page.getByText('Requests and data breaches').waitFor();
    await page.getByText('closed', { exact: true }).waitFor();
    await look(running, '50-requests-english');
  });
});
