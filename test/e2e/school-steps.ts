import { it } from 'vitest';
import { enterObjection, promise, signProfileInWindow, unlockAs } from '../fixtures/app-way.ts';
import type { RunningApp } from '../fixtures/app.ts';
import { look } from './accessible.ts';

/** What the school does before the first lesson: from the colleagues' screen to a locked vault. */
export function schoolSteps(window: () => RunningApp): void {
  it('has the school profile signed by its administrator', async () => {
    const running = window();
    const { page } = running;
    await page.getByRole('button', { name: 'Schoolprofiel' }).click();
    await page.getByText('Dit profiel geldt').waitFor();
    await look(running, '03a-schoolprofiel-streng');
    await page.getByRole('button', { name: 'Aanpassen' }).click();
    await look(running, '03b-schoolprofiel-aanpassen');
    await page.getByRole('button', { name: 'Annuleren' }).click();
    await signProfileInWindow(running);
    await look(running, '03c-schoolprofiel-ondertekend');
    await page.getByRole('button', { name: 'Vergrendelen' }).click();
    await page.getByRole('heading', { name: 'Ontgrendelen' }).waitFor();
    await look(running, '04-ontgrendelen');
  });

  it('asks the schoolopleider for the promise of the year, and keeps who objects', async () => {
    const running = window();
    const { page } = running;
    await unlockAs(running, 'Sara Schoolopleider');
    await page.getByText('Gedragsregels voor dit schooljaar').waitFor();
    await look(running, '04a-gedragsregels');
    await promise(running);
    await page.getByText('Nog geen opnames').waitFor();
    await enterObjection(running);
    await look(running, '04b-register');
    await page.getByRole('button', { name: 'In overleg' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'In overleg' }).click();
    await page.getByRole('button', { name: 'Oplossing kiezen' }).waitFor();
    await page.getByRole('button', { name: 'Brieven' }).click();
    await look(running, '04c-brieven');
    await page.getByRole('dialog').getByRole('button', { name: 'Annuleren' }).click();
    await page.getByRole('button', { name: 'Vergrendelen' }).click();
    await page.getByRole('heading', { name: 'Ontgrendelen' }).waitFor();
  });
}
