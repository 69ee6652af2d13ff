import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeLesson } from '../../native/demo-lesson.ts';
import { locateFfmpeg } from '../../native/ffmpeg/locate.ts';
import { collect } from '../../native/ffmpeg/run.ts';
import {
  addColleague,
  answerIntake,
  changePlaces,
  drawArea,
  importInWindow,
  makeVaultInWindow,
  promise,
  unlockAs,
  watchTheRest,
} from '../fixtures/app-way.ts';
import { expectJudge, look, show } from './accessible.ts';
import { afterSteps } from './after-steps.ts';
import { schoolSteps } from './school-steps.ts';
import { appPlace, launch, type RunningApp } from '../fixtures/app.ts';
import { workFolder } from '../fixtures/product.ts';

const WORK_MS = 200_000;
const place = appPlace();
const folder = workFolder();
const lesson = join(folder.path, 'les van vrijdag.mp4');
let running: RunningApp;

beforeAll(async () => {
  const [large, tools] = [join(folder.path, 'groot.mp4'), await locateFfmpeg()];
  await composeLesson(tools, large, new AbortController().signal, { seconds: 20 });
  // Made and checked three times on the way.
  const small = ['-vf', 'scale=1280:720', '-preset', 'veryfast', '-c:a', 'copy'];
  expect((await collect(tools.ffmpeg, ['-v', 'error', '-i', large, ...small, lesson])).code).toBe(0);
  running = await launch(place);
});
afterAll(async () => {
  await running?.close();
  place.remove();
  folder.remove();
});

/** The whole way in one window; each step goes on where the one before it ended. */
describe('from an empty vault to a clip that is handed in, and a recording that is wiped', { sequential: true }, () => {
  it('welcomes, and makes a vault', async () => {
    const { page } = running;
    await page.getByText('Kies eerst de kluis van je school').waitFor();
    await expectJudge(running);
    await look(running, '01-welkom');
    await makeVaultInWindow(running, place);
    await look(running, '02-herstelcode');
    await page.getByText('Ik heb de code opgeschreven').click();
    await page.getByRole('button', { name: 'Naar de collega’s' }).click();
  });

  it('gives colleagues a place', async () => {
    const { page } = running;
    await page.getByText('Je bent nog de enige').waitFor();
    await addColleague(running, 'Daan Docent', 'docent in opleiding');
    await addColleague(running, 'Sara Schoolopleider', 'schoolopleider');
    await page.getByText('Sara Schoolopleider').waitFor();
    await look(running, '03-collegas');
  });

  schoolSteps(() => running);

  it('lets the trainee in, to an empty overview', async () => {
    await unlockAs(running, 'Daan Docent');
    await promise(running);
    await running.page.getByText('Nog geen opnames').waitFor();
    await look(running, '05-leeg-overzicht');
  });

  it('asks before the lesson, and stops a recording that would be proof alone', async () => {
    const { page } = running;
    await page.getByRole('button', { name: 'Eerste dossier beginnen' }).click();
    await page.getByText('Nee, ze is alleen bewijs voor mijn portfolio').click();
    await page.getByText('Een opname die alleen bewijs is, mag niet').waitFor();
    await look(running, '06-alleen-bewijs');
    await answerIntake(running, true);
    await look(running, '07-vragen-beantwoord');
    await page.getByRole('button', { name: 'Uitleg voor de klas' }).click();
    await page.getByText('Wil je niet in beeld?').waitFor();
    await look(running, '08-uitleg-voor-de-klas');
    await page.getByRole('dialog').getByRole('button', { name: 'Sluiten' }).click();
    await page.getByRole('button', { name: 'Verder: opname inbrengen' }).click();
  });

  it('takes the recording in', async () => {
    const { page } = running;
    await page.getByText('Sleep de opname hierheen').waitFor();
    await look(running, '09-inbrengen');
    await importInWindow(running, lesson);
    await look(running, '10-ingebracht');
    await page.getByRole('button', { name: 'Bestand wissen' }).click();
    await page.getByText('Het bestand is overschreven en weg').waitFor();
    expect(existsSync(lesson)).toBe(false);
    await page.getByRole('button', { name: 'Verder: gezichten zoeken' }).click();
  });

  it('finds and follows faces, and shows how far it is', async () => {
    const { page } = running;
    await page.getByText('Snel', { exact: true }).click();
    await page.getByRole('button', { name: 'Begin met zoeken' }).click();
    await page.getByText(/\d+ van \d+ beelden/).waitFor({ timeout: WORK_MS });
    await look(running, '11-zoeken');
    await page.getByText(/\d+ gezichten gevolgd/).waitFor({ timeout: WORK_MS });
    await look(running, '12-gevonden');
    await page.getByRole('button', { name: 'Verder: bewerken' }).click();
  });

  it('lets the trainee decide, undo and redo', async () => {
    const { page } = running;
    await page.locator('video').waitFor();
    await page.keyboard.press('n');
    await page.keyboard.press('f');
    await expect.poll(() => page.getByRole('group', { name: /Wat gebeurt er met T/ }).count()).toBe(1);
    const body = page.getByRole('button', { name: 'Hele lichaam', pressed: true });
    await page.keyboard.press('b');
    await body.waitFor();
    await page.keyboard.press('Control+z');
    await body.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Shift+z');
    await body.waitFor();
    await page.getByRole('tab', { name: /Gezichten/ }).click();
    await page.waitForTimeout(800);
    await look(running, '13-bewerken');
    await page.getByRole('tab', { name: /Twijfel/ }).click();
    await look(running, '14-twijfel');
    await page.keyboard.press('?');
    await page.getByRole('heading', { name: 'Toetsen' }).waitFor();
    await look(running, '15-toetsen');
    await page.keyboard.press('Escape');
  });

  it('lets the trainee put right who is who', async () => {
    const { page } = running;
    const lanes = page.getByRole('tab', { name: /Gezichten/ });
    const count = async () => Number(/\d+/.exec((await lanes.textContent()) ?? '')?.[0]);
    await lanes.click();
    const before = await count();
    const split = page.getByRole('button', { name: 'Splitsen' });
    // Where a track begins there is nothing to split.
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(() => split.isEnabled()).toBe(true);
    await page.keyboard.press('s');
    await expect.poll(count).toBe(before + 1);
    await page.getByRole('button', { name: 'Samenvoegen' }).click();
    await page.getByText(/Kies wie dezelfde is als T/).waitFor();
    const later = page.getByRole('group', { name: /Wat gebeurt er met T\d+@/ });
    for (let presses = 0; presses < 30 && (await later.count()) === 0; presses++) await page.keyboard.press('f');
    await look(running, '13a-samenvoegen');
    await page.keyboard.press('j');
    await expect.poll(count).toBe(before);
    await page.getByText('2 delen').waitFor();
    await page.getByRole('button', { name: 'Losmaken' }).click();
    await expect.poll(count).toBe(before + 1);
    for (let steps = 0; steps < 3; steps++) await page.keyboard.press('Control+z');
    await expect.poll(count).toBe(before);
  });

  it('lets an area be drawn, moved and followed', async () => {
    const { page } = running;
    await page.keyboard.press('z');
    await drawArea(running);
    await page.getByText('1 gebied', { exact: true }).waitFor();
    await page.keyboard.press('Alt+ArrowLeft');
    await page.keyboard.press('Alt+Shift+ArrowDown');
    await page.keyboard.press('v');
    await page.getByText('Beweegt mee van').waitFor({ timeout: 60_000 });
    await look(running, '13b-gebied-volgt');
    for (let steps = 0; steps < 4; steps++) await page.keyboard.press('Control+z');
    await page.getByText('0 gebieden').waitFor();
    // Without a pointer.
    await page.keyboard.press('z');
    await page.keyboard.press('Enter');
    await page.getByText('1 gebied', { exact: true }).waitFor();
    await page.keyboard.press('Control+z');
    await page.getByText('0 gebieden').waitFor();
  });

  it.each([
    ['1920x1080', 1920, 1080, 'light'],
    ['donker', 1280, 800, 'dark'],
    ['125-procent', 1024, 640, 'light'],
  ] as const)('looks right and can be used at %s', async (name, width, height, colours) => {
    await show(running, width, height, colours);
    const { page } = running;
    await page.getByRole('tab', { name: /Gezichten/ }).click();
    await look(running, `13-bewerken-${name}`);
    // Nothing of the window may lie outside it.
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    expect(await page.getByRole('button', { name: 'Verder: maken en controleren' }).isVisible()).toBe(true);
    await show(running, 1280, 800, 'light');
  });

  it('asks how the objection of the register was met, and only in ways that this school allows', async () => {
    const { page } = running;
    await page.getByRole('tab', { name: /Bezwa/ }).click();
    await page.getByText('Leerling 1').waitFor();
    await look(running, '15a-bezwaren');
    await page.getByText('Is overal afgedekt').click();
    await page.getByText('Nog niet opgelost').waitFor({ state: 'detached' });
  });

  it('saves what was decided', async () => {
    const { page } = running;
    await page.getByText('Bewaard', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Verder: maken en controleren' }).click();
  });

  it('makes the clip and checks it', async () => {
    const { page } = running;
    await page.getByText('Snel', { exact: true }).click();
    await look(running, '16-maken');
    await page.getByRole('button', { name: 'Clip maken' }).click();
    await page.getByText('De clip heeft de controle doorstaan').waitFor({ timeout: WORK_MS });
    await page.waitForTimeout(500);
    await look(running, '17-controlerapport');
    await page.getByRole('button', { name: 'Verder: aanbieden' }).click();
  });

  it('hands it in to the schoolopleider', async () => {
    const { page } = running;
    await look(running, '18-aanbieden');
    await page.getByRole('button', { name: 'Ter beoordeling aanbieden' }).click();
    await page.getByText('De clip ligt bij de schoolopleider').waitFor();
    await look(running, '19-aangeboden');
    await page.getByRole('button', { name: 'Overzicht' }).click();
    await page.getByText('Ligt bij de schoolopleider').waitFor();
    await look(running, '20-overzicht');
    await page.getByRole('button', { name: /English/ }).click();
    await page.getByText('With the school trainer').waitFor();
    await look(running, '21-english');
    await page.getByRole('button', { name: /Nederlands/ }).click();
  });

  it('lets the schoolopleider see what is to be judged, and send it back', async () => {
    const { page } = running;
    await changePlaces(running, 'Sara Schoolopleider');
    await page.getByRole('button', { name: 'Beoordelen' }).click();
    await page.getByText('0 % bekeken').waitFor();
    expect(await page.getByRole('button', { name: 'Goedkeuren' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Volgende' }).click();
    await page.getByLabel(/Opmerking bij/).fill('Het bord is te lezen.');
    await page.getByRole('button', { name: 'Opmerking toevoegen' }).click();
    await page.getByText('1 opmerking', { exact: true }).waitFor();
    await look(running, '22-beoordelen');
    await page.getByRole('button', { name: 'Terugsturen' }).click();
    await page.getByRole('dialog').getByLabel('Reden').fill('Dek het bord af.');
    await look(running, '23-terugsturen');
    await page.getByRole('dialog').getByRole('button', { name: 'Terugsturen' }).click();
    await page.getByText('Teruggestuurd: verbeteren').waitFor();
  });

  it('lets the trainee put right what was asked, at the moment it was asked for', async () => {
    const { page } = running;
    await changePlaces(running, 'Daan Docent');
    await page.getByRole('button', { name: 'Teruggestuurd: verbeteren' }).click();
    await page.getByText('Dek het bord af.').waitFor();
    await look(running, '24-teruggestuurd');
    await page.locator('.comment .link').click();
    await page.locator('video').waitFor();
    await page.keyboard.press('z');
    await page.keyboard.press('Enter');
    await page.getByText('Bewaard', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Verder: maken en controleren' }).click();
    await page.getByText('Snel', { exact: true }).click();
    await page.getByRole('button', { name: /Clip maken|Opnieuw maken/ }).click();
    await page.getByText('De clip heeft de controle doorstaan').waitFor({ timeout: WORK_MS });
    await page.getByRole('button', { name: 'Verder: aanbieden' }).click();
    await page.getByRole('button', { name: 'Ter beoordeling aanbieden' }).click();
    await page.getByText('De clip ligt bij de schoolopleider').waitFor();
  });

  it('is watched whole and approved', async () => {
    const { page } = running;
    await changePlaces(running, 'Sara Schoolopleider');
    await page.getByRole('button', { name: 'Beoordelen' }).click();
    await page.getByText('0 % bekeken').waitFor();
    // Seeking past is not watching.
    await page.locator('.coverage-bar').click({ position: { x: 300, y: 10 } });
    await page.waitForTimeout(500);
    await page.getByText('0 % bekeken').waitFor();
    for (const group of await page.getByRole('radiogroup').all())
      await group.getByText('Niet', { exact: true }).click();
    const approve = await watchTheRest(running);
    await page.getByText('100 % bekeken').waitFor();
    await look(running, '25-bekeken');
    await approve.click();
    await look(running, '26-goedkeuren');
    await page.getByRole('button', { name: 'Ja, goedkeuren en tekenen' }).click();
    await page.getByRole('button', { name: 'Goedgekeurd' }).click();
    await page.getByText(/Sara Schoolopleider keurde deze clip op/).waitFor();
    await look(running, '27-goedgekeurd');
  });

  afterSteps(() => running, place);
});
