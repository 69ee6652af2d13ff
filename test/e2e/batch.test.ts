import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approvedVault } from '../fixtures/approved.ts';
import { unlockAs } from '../fixtures/app-way.ts';
import { appPlace, launch, picture, sitThere, type RunningApp } from '../fixtures/app.ts';
import { sha } from '../fixtures/far-end.ts';
import { CanvasEmulator } from '../fixtures/portals/canvas-emulator.ts';
import { FilesenderEmulator } from '../fixtures/portals/filesender-emulator.ts';
import { PortalWorld } from '../fixtures/portals/world.ts';
import { expectAccessible } from './accessible.ts';

const place = appPlace();
const world = new PortalWorld(join(place.data, '..', 'portalen'));
let running: RunningApp;

beforeAll(async () => {
  await world.start();
  const { canvas, filesender } = world.sites;
  const portals = [
    { ...canvas.target, id: 'uva', name: 'Universiteit (proef)' },
    { ...filesender.target, id: 'surf', name: 'SURFfilesender (proef)' },
  ];
  const made = await approvedVault(join(place.data, '..'), { portals });
  writeFileSync(join(place.data, 'settings.json'), JSON.stringify({ vault: made.approved, language: 'nl' }));
  running = await launch(place, {
    ...{ HTTPS_PROXY: world.proxy.href, NO_PROXY: '', NODE_EXTRA_CA_CERTS: world.certificates.authorityFile },
  });
});
afterAll(async () => {
  await running?.close();
  await world.stop();
  place.remove();
});

describe('approved clips in one batch', () => {
  it('are found from the overview', async () => {
    const { page } = running;
    await unlockAs(running, 'Dio');
    await page.getByRole('button', { name: 'Samen inleveren' }).click();
    await page.getByRole('heading', { name: 'Samen inleveren' }).waitFor();
    await page.getByText('Welke clips?').waitFor();
  });

  it('need a sign-in, which the target must take', async () => {
    const { page } = running;
    await page.getByRole('checkbox').first().check({ force: true });
    await page.getByRole('checkbox', { name: /Universiteit/ }).check({ force: true });
    const token = page.getByLabel('Token of wachtwoord');
    await token.fill('verkeerd');
    await page.getByRole('button', { name: 'Aanmelden' }).click();
    await page.getByText('aanmelding bij het doel geldt niet').waitFor();
    await expectAccessible(running, 'batch, signing in');
    await token.fill(CanvasEmulator.token);
    await page.getByRole('button', { name: 'Aanmelden' }).click();
    await page.getByRole('button', { name: 'Plekken ophalen' }).click();
    await page.getByRole('radio', { name: 'Stage 2 › Les op film' }).check({ force: true });
    await picture(running, '40-samen-inleveren-kiezen');
  });

  it('are looked at first: nothing is sent while one may not leave', async () => {
    const { page } = running;
    await page.getByRole('button', { name: 'Kijken of het mag' }).click();
    await page.getByText('Niet alles mag weg').waitFor();
    expect(world.canvas.submissions).toEqual([]);
    await picture(running, '41-samen-inleveren-mag-niet');
    await page.getByRole('button', { name: 'Andere keuze' }).click();
  });

  it('go to several targets, each once, and their progress is seen', async () => {
    const { page } = running;
    await page.getByRole('checkbox', { name: /Ik heb gelezen hoe Universiteit/ }).check({ force: true });
    await page
      .getByRole('checkbox', { name: /SURFfilesender/ })
      .first()
      .check({ force: true });
    await page.getByLabel('Gebruikersnaam').fill(FilesenderEmulator.user);
    await page.getByLabel('Token of wachtwoord').fill(FilesenderEmulator.secret);
    await page.getByRole('button', { name: 'Aanmelden' }).click();
    await page.getByLabel(/Plek bij SURFfilesender/).fill('beoordelaar@voorbeeld.test');
    await page.getByRole('checkbox', { name: /Ik heb gelezen hoe SURFfilesender/ }).check({ force: true });
    await page.getByRole('button', { name: 'Kijken of het mag' }).click();
    await page.getByText('Alles mag weg').waitFor();
    expect(world.canvas.submissions).toEqual([]);
    // Whoever started it goes for coffee, and the far end is slow: longer than it takes until somebody looks.
    let release = () => {};
    world.canvas.hold = new Promise((resolve) => (release = resolve));
    const arrived = new Promise<void>((resolve) => (world.canvas.onRequest = () => resolve()));
    await page.getByRole('button', { name: 'Nu inleveren' }).click();
    // From when the batch is under way until it may go on: before and after that locking is right.
    await arrived;
    await sitThere(running.app, 600);
    await page.waitForTimeout(17_000);
    await sitThere(running.app);
    release();
    await page.getByText('Alles is ingeleverd en teruggelezen').waitFor();
    await page.getByRole('button', { name: 'Wachtwoord voor de ontvanger' }).click();
    const title = page.locator('.notice', { hasText: 'langs een andere weg' });
    await title.waitFor();
    const password = /[A-Za-z0-9]{4}(\.[A-Za-z0-9%=+-]{4})+/.exec((await title.textContent()) ?? '')?.[0] ?? '';
    world.filesender.password = () => password;
    const [onCanvas, onFilesender] = [world.canvas, world.filesender].map((far) => far.submissions);
    expect(onCanvas!.length).toBe(1);
    expect(onFilesender!.map(({ bytes }) => sha(bytes))).toEqual(onCanvas!.map(({ bytes }) => sha(bytes)));
    await expectAccessible(running, 'batch, done');
    await picture(running, '42-samen-ingeleverd');
  });

  it('reach no other host than those of the profile', () => {
    const allowed = [world.canvas.host, world.filesender.host, CanvasEmulator.files].map((host) => `${host}:443`);
    for (const asked of world.trap.asked) expect(allowed).toContain(asked);
  });
});
