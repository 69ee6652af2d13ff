import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vaultForApp } from '../fixtures/app-vault.ts';
import { appPlace, launch, type RunningApp } from '../fixtures/app.ts';
import { PASSPHRASE } from '../fixtures/vault.ts';
import { expectAccessible } from './accessible.ts';

const place = appPlace();
let running: RunningApp;

beforeAll(async () => {
  await vaultForApp(place);
  running = await launch(place);
});
afterAll(async () => {
  await running?.close();
  place.remove();
});

/** Presses Tab until `name` has the focus, as someone without a mouse does. */
async function tabTo(name: RegExp): Promise<void> {
  const { page } = running;
  for (let presses = 0; presses < 40; presses++) {
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return '';
      const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined;
      return `${element.getAttribute('aria-label') ?? ''} ${label ?? ''} ${element.textContent ?? ''}`;
    });
    if (name.test(at)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`nothing called ${String(name)} can be reached with Tab`);
}

describe('without a mouse', () => {
  it('someone can be chosen, and the vault unlocked', async () => {
    const { page } = running;
    await page.getByText('Wie ben je?').waitFor();
    await tabTo(/beheerder|schoolopleider|docent in opleiding/);
    const chosen = page.getByRole('radio', { name: /Daan Docent/ });
    for (let presses = 0; presses < 3 && !(await chosen.isChecked()); presses++) await page.keyboard.press('ArrowDown');
    expect(await chosen.isChecked()).toBe(true);
    await tabTo(/^\s*Wachtzin/);
    await page.keyboard.type(PASSPHRASE);
    await page.keyboard.press('Enter');
    await page.getByText('Nog geen opnames').waitFor();
  });

  it('where the focus is can be seen', async () => {
    const { page } = running;
    await tabTo(/Eerste dossier beginnen/);
    const ring = await page.evaluate(() => getComputedStyle(document.activeElement!).boxShadow);
    expect(ring).not.toBe('none');
    await expectAccessible(running, 'focus');
  });

  it('a dialog takes the focus, keeps it, and gives it back', async () => {
    const { page } = running;
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Vragen vooraf' }).waitFor();
    await tabTo(/Uitleg voor de klas/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    for (let presses = 0; presses < 6; presses++) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null)).toBe(true);
    }
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Uitleg voor de klas');
  });
});
