import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { changePlaces } from '../fixtures/app-way.ts';
import { answerDialogs, type AppPlace, type RunningApp } from '../fixtures/app.ts';
import { look } from './accessible.ts';

/** From an approved clip to a wiped recording, as the trainee. */
export function afterSteps(window: () => RunningApp, place: AppPlace): void {
  it('hands the approved clip over, whole and signed', async () => {
    const running = window();
    const { page } = running;
    await changePlaces(running, 'Daan Docent');
    await page.getByRole('button', { name: 'Goedgekeurd' }).click();
    await page.getByText('Hogeschool van Amsterdam').click();
    const now = page.getByRole('button', { name: 'In een map zetten' });
    expect(await now.isDisabled()).toBe(true);
    await page.getByText(/Ik heb gelezen hoe Hogeschool van Amsterdam/).click();
    await look(running, '28-inleveren');
    const folder = join(dirname(place.vault), 'inleveren');
    mkdirSync(folder);
    await answerDialogs(running, folder);
    await now.click();
    await page.getByText('De clip staat in “inleveren”').waitFor({ timeout: 60_000 });
    const [delivery = ''] = readdirSync(folder);
    execFileSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: join(folder, delivery) });
    expect(readdirSync(join(folder, delivery)).some((name) => name.endsWith('.mp4'))).toBe(true);
    await page.getByRole('button', { name: 'Ontvangstnummer' }).click();
    await page.getByRole('dialog').getByLabel('Nummer dat het portaal gaf').fill('HVA-20261122-7');
    await page.getByRole('dialog').getByRole('button', { name: 'Vastleggen' }).click();
    await page.getByText('ontvangst HVA-20261122-7').waitFor();
    await look(running, '29-ingeleverd');
  });

  it('lets everybody report a breach, from wherever they are', async () => {
    const running = window();
    const { page } = running;
    await page.getByRole('button', { name: 'Datalek melden' }).click();
    await page.getByText('Onversleutelde kopie buiten de kluis').click();
    await page
      .getByRole('dialog')
      .getByLabel(/In een paar zinnen/)
      .fill('De map om in te leveren stond een dag open.');
    await look(running, '30-datalek');
    await page.getByRole('dialog').getByRole('button', { name: 'Melden' }).click();
    await page.getByText('Het is vastgelegd').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Sluiten' }).click();
  });

  it('is assessed, wiped, and leaves what people have to see to', async () => {
    const running = window();
    const { page } = running;
    await page.getByLabel('Beoordeeld op').fill(new Date().toISOString().slice(0, 10));
    await page.getByRole('button', { name: 'Vastleggen' }).click();
    await page.getByText(/Beoordeeld op \d/).waitFor();
    await page.getByRole('button', { name: 'Opname wissen' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Ja, alles wissen' }).click();
    await page.getByText('De opname is gewist').waitFor({ timeout: 60_000 });
    await page.getByText('de clip bij de opleiding verwijderen').waitFor();
    await look(running, '31-gewist');
    await page.getByRole('button', { name: 'Overzicht' }).first().click();
    await page.getByText('Nog geen opnames').waitFor();
  });
}
