import { expect, it } from 'vitest';
import type { RunningApp } from '../fixtures/app.ts';

interface Lane {
  running(): RunningApp;
  /** What the list says of each turn. */
  verdicts(): Promise<string[]>;
  /** Resolves when the chosen turn has sounded to its end. */
  listened(): Promise<void>;
  /** Of the third turn, in seconds. */
  begins(): number;
}

/** Nothing is kept that was not heard out, nor on a turn other than the one that is heard; begins and ends undecided. */
export function listeningSteps({ running, verdicts, listened, begins }: Lane): void {
  it('is not kept before it was heard, nor by a key that is held', async () => {
    const { page } = running();
    await page.locator('.turn').nth(2).click();
    // Too soon: it plays on instead.
    await page.keyboard.press('1');
    expect(await verdicts()).toEqual(['open', 'open', 'open', 'open', 'open']);
    await page.getByText('Luister eerst tot het eind.').waitFor();
    // Somebody else may speak in what is still to come.
    await page.locator('video').evaluate(
      (video: HTMLVideoElement, at) =>
        new Promise<void>((resolve) => {
          const look = () => {
            if (video.currentTime < at) return void requestAnimationFrame(look);
            video.pause();
            resolve();
          };
          look();
        }),
      begins() + 0.6,
    );
    expect(await page.getByText('beluisterd', { exact: false }).count()).toBe(0);
    await page.keyboard.press('1');
    expect(await verdicts()).toEqual(['open', 'open', 'open', 'open', 'open']);
    await listened();
    await page.keyboard.down('1');
    // What the system sends while a key is held.
    for (let times = 0; times < 3; times++) await page.keyboard.down('1');
    await page.keyboard.up('1');
    expect((await verdicts()).filter((each) => each === 'hoorbaar')).toHaveLength(1);
    await page.keyboard.press('Control+z');
    expect(await verdicts()).toEqual(['open', 'open', 'open', 'open', 'open']);
  });

  it('is decided anew on the very turn that was taken back', async () => {
    const { page } = running();
    await page.locator('.turn').nth(2).click();
    await listened();
    await page.keyboard.press('2');
    expect((await verdicts())[2]).toBe('stil');
    await page.keyboard.press('Control+z');
    await page.locator('.turn[aria-pressed="true"]', { hasText: 'open' }).waitFor();
    await listened();
    await page.keyboard.press('1');
    expect(await verdicts()).toEqual(['open', 'open', 'hoorbaar', 'open', 'open']);
    await page.keyboard.press('Control+z');
    expect(await verdicts()).toEqual(['open', 'open', 'open', 'open', 'open']);
  });

  it('is not decided on a turn that the playhead has left', async () => {
    const { page } = running();
    await page.locator('.turn').nth(1).click();
    await listened();
    await page.keyboard.press('End');
    await expect.poll(() => page.getByText('Kies spraak in de lijst').count()).toBe(1);
    await page.keyboard.press('1');
    expect(await verdicts()).toEqual(['open', 'open', 'open', 'open', 'open']);
    await page.keyboard.press('Home');
    await page.keyboard.press('.');
  });

  it('is not decided while something else is on the screen', async () => {
    const { page } = running();
    await listened();
    await page.getByRole('tab', { name: /Gezichten/ }).click();
    await page.keyboard.press('1');
    // Brought to view, and nothing more.
    expect(await verdicts()).toEqual(['open', 'open', 'open', 'open', 'open']);
  });
}
