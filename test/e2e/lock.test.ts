import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vaultForApp } from '../fixtures/app-vault.ts';
import { unlockAs } from '../fixtures/app-way.ts';
import { appPlace, launch, sitThere, type RunningApp } from '../fixtures/app.ts';

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

/** What the engine answers, whatever the screen shows. */
const overview = () =>
  running.page.evaluate(() => {
    const { bridge } = globalThis as unknown as { bridge: { call(name: string): Promise<unknown> } };
    return bridge.call('cases.overview');
  });

describe('keys are forgotten', () => {
  it.each(['lock-screen', 'suspend'] as const)('on %s, and the window says why', async (event) => {
    const { page, app } = running;
    await unlockAs(running, 'Daan Docent');
    await page.getByText('Nog geen opnames').waitFor();
    expect(await overview()).toMatchObject({ ok: true });
    await app.evaluate(({ powerMonitor }, what) => void powerMonitor.emit(what), event);
    await page.getByText('omdat het toestel werd vergrendeld of in slaapstand ging').waitFor();
    expect(await overview()).toEqual({ ok: false, error: { code: 'desk-locked' } });
    await app.evaluate(({ powerMonitor }) => void powerMonitor.emit('unlock-screen'));
  });

  it('after ten minutes without a key or mouse, and not before', async () => {
    const { page, app } = running;
    await unlockAs(running, 'Daan Docent');
    await page.getByText('Nog geen opnames').waitFor();
    await sitThere(app, 599);
    // Longer than it takes until somebody looks.
    await new Promise((resolve) => setTimeout(resolve, 16_000));
    expect(await overview()).toMatchObject({ ok: true });
    await sitThere(app, 600);
    await page.getByText('Wie ben je?').waitFor();
    expect(await overview()).toEqual({ ok: false, error: { code: 'desk-locked' } });
    await sitThere(app);
  });

  it('when someone asks for it', async () => {
    const { page } = running;
    await unlockAs(running, 'Daan Docent');
    await page.getByRole('button', { name: 'Vergrendelen' }).click();
    await page.getByText('Wie ben je?').waitFor();
    expect(await overview()).toEqual({ ok: false, error: { code: 'desk-locked' } });
  });
});
