import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Decisions } from '../../core/decision/decisions.ts';
import type { Cue } from '../../core/subtitles/cue.ts';
import { answerDialogs, type RunningApp } from '../fixtures/app.ts';
import { look } from './accessible.ts';

/** Words that go along, in the editor. @param folder for files @param decided what the engine has by now */
export function subtitleSteps(running: () => RunningApp, folder: string, decided: () => Promise<Decisions>): void {
  it('is read where it is silent, under a pseudonym and no name', async () => {
    const { page } = running();
    await page.locator('.turn').nth(1).click();
    await page.getByRole('button', { name: 'Ondertitels' }).click();
    const field = page.getByLabel(/Ondertitel bij/);
    await field.fill('Fatima: mag ik naar de gang?');
    await page.keyboard.press('Enter');
    await page.getByText('Eén woord kan een naam zijn').waitFor();
    await look(running(), '52-ondertitel-naam');
    // Going through what there is to choose from changes nothing yet.
    await page.getByLabel('Vervang door').selectOption('Leerling 3');
    await page.locator('.cue', { hasText: 'Fatima' }).waitFor();
    await page.getByRole('button', { name: 'Vervang', exact: true }).click();
    await page.getByText('Eén woord kan een naam zijn').waitFor({ state: 'detached' });
    await page.locator('.cue', { hasText: 'Leerling 3: mag ik naar de gang?' }).waitFor();
    expect((await decided()).subtitles.cues).toMatchObject([{ text: 'Leerling 3: mag ik naar de gang?' }]);
    await look(running(), '53-ondertitels');
    // Chosen and put right, it stays in its place.
    const [{ from, to }] = (await decided()).subtitles.cues as [Cue];
    await page.locator('.panel .link.numbers').first().click();
    await field.fill('Leerling 3: mag ik er even uit?');
    // Who goes on elsewhere loses nothing.
    await page.getByRole('tab', { name: 'Gezichten' }).click();
    await page.getByRole('tab', { name: 'Geluid' }).click();
    await page.locator('.cue', { hasText: 'mag ik er even uit?' }).waitFor();
    expect((await decided()).subtitles.cues).toEqual([{ from, to, text: 'Leerling 3: mag ik er even uit?' }]);
  });

  it('is read from a file as well, and a file that is none is refused with the line', async () => {
    const { page } = running();
    const file = join(folder, 'ondertitels.vtt');
    await answerDialogs(running(), file);
    const open = page.getByRole('button', { name: 'Bestand in plaats hiervan (.srt, .vtt)' });
    writeFileSync(file, 'WEBVTT\n\n00:10.0 --> 00:12.000\nHoi\n');
    await open.click();
    await page.getByText('kloppen niet op regel 3').waitFor();
    writeFileSync(file, 'WEBVTT\n\n00:10.000 --> 00:12.000\nVraag drie is lastig.\n');
    await open.click();
    await page.locator('.cue', { hasText: 'Vraag drie is lastig.' }).waitFor();
    expect((await decided()).subtitles.cues).toEqual([{ from: 10, to: 12, text: 'Vraag drie is lastig.' }]);
    await page.keyboard.press('Control+z');
    await page.locator('.cue', { hasText: 'Leerling 3' }).waitFor();
  });
}
