import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { lessonInVault, vaultForApp } from '../fixtures/app-vault.ts';
import { unlockAs } from '../fixtures/app-way.ts';
import { answerDialogs, appPlace, launch, picture, type AppPlace, type RunningApp } from '../fixtures/app.ts';
import { makeDisk } from '../fixtures/disk.ts';
import { workFolder } from '../fixtures/product.ts';
import { writeTalkingHead } from '../fixtures/talking-head.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = workFolder();
const lesson = join(folder.path, 'les.mp4');
const open: { running?: RunningApp; readonly places: AppPlace[] } = { places: [] };

beforeAll(() => writeTalkingHead(lesson, { seconds: 24, width: 640, height: 360, sound: false }));
afterEach(async () => {
  await open.running?.close();
  delete open.running;
  for (const place of open.places.splice(0)) place.remove();
});
afterAll(() => folder.remove());

async function start(place: AppPlace): Promise<RunningApp> {
  open.places.push(place);
  open.running = await launch(place);
  return open.running;
}

/** A vault with one lesson in it, and the trainee inside. */
async function withLesson(): Promise<{ place: AppPlace; running: RunningApp }> {
  const place = appPlace();
  await lessonInVault(await vaultForApp(place), lesson);
  const running = await start(place);
  await unlockAs(running, 'Daan Docent');
  return { place, running };
}

async function beginAnalysis({ page }: RunningApp): Promise<void> {
  await page.getByRole('button', { name: 'Gezichten zoeken' }).click();
  await page.getByText('Snel', { exact: true }).click();
  await page.getByRole('button', { name: 'Begin met zoeken' }).click();
  await page.getByText(/[1-9]\d+ van \d+ beelden/).waitFor({ timeout: 60_000 });
}

describe('at the start', () => {
  it('a vault that is gone is a screen that says so, and that tries again', async () => {
    const place = appPlace();
    await vaultForApp(place);
    renameSync(place.vault, `${place.vault}-weg`);
    const running = await start(place);
    await running.page.getByText('gaat niet open').waitFor();
    await picture(running, 'fout-kluis-weg');
    renameSync(`${place.vault}-weg`, place.vault);
    await running.page.getByRole('button', { name: 'Opnieuw proberen' }).click();
    await running.page.getByText('Wie ben je?').waitFor();
  });

  it('a damaged vault is one too', async () => {
    const place = appPlace();
    await vaultForApp(place);
    writeFileSync(join(place.vault, 'vault.json'), 'x');
    const running = await start(place);
    await running.page.getByText('gaat niet open').waitFor();
    await running.page.getByText('Meld dit aan de beheerder').waitFor();
  });

  it('a wrong passphrase is said, changes nothing, and takes longer each time', async () => {
    const place = appPlace();
    await vaultForApp(place);
    const { page } = await start(place);
    await page.getByText('Daan Docent', { exact: true }).click();
    const waits: number[] = [];
    for (let wrong = 1; wrong <= 3; wrong++) {
      await page.getByLabel('Wachtzin').fill(`niet deze, ${wrong}`);
      const began = Date.now();
      await page.getByRole('button', { name: 'Ontgrendelen' }).click();
      await page
        .getByText(/wachtzin/i)
        .filter({ hasText: 'klopt' })
        .waitFor();
      await page.getByLabel('Wachtzin').fill('nog eens');
      await expect
        .poll(() => page.getByRole('button', { name: 'Ontgrendelen' }).isEnabled(), { timeout: 20_000 })
        .toBe(true);
      waits.push(Date.now() - began);
    }
    expect(waits[2]).toBeGreaterThan(waits[0]!);
    await page.getByLabel('Wachtzin').fill('');
    await expect.poll(() => page.getByRole('button', { name: 'Ontgrendelen' }).isEnabled()).toBe(false);
  });

  it('a second one gives way to the first', async () => {
    const place = appPlace();
    await vaultForApp(place);
    const running = await start(place);
    await running.page.getByText('Wie ben je?').waitFor();
    const electron: string = createRequire(import.meta.url)('electron');
    const second = spawn(electron, [root, '--no-sandbox'], {
      env: { ...process.env, ONHERKENBAAR_USER_DATA: place.data },
      stdio: 'ignore',
    });
    const [code] = await once(second, 'exit');
    expect(code).toBe(0);
    expect(await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });
});

describe('a file that is no recording', () => {
  it('is refused with what is wrong and what to do, before anything is taken in', async () => {
    const place = appPlace();
    const session = await vaultForApp(place);
    const { Drafts } = await import('../../native/desk/drafts.ts');
    const { INTAKE } = await import('../fixtures/app-vault.ts');
    const drafts = new Drafts(session);
    drafts.save(drafts.begin().id, INTAKE);
    const running = await start(place);
    const { page } = running;
    await unlockAs(running, 'Daan Docent');
    await page.getByRole('button', { name: 'Opname inbrengen' }).click();
    const files: Record<string, { bytes: Buffer; says: RegExp }> = {
      'leeg.mp4': { bytes: Buffer.alloc(0), says: /leeg \(0 bytes\)/ },
      'tekst.mp4': { bytes: Buffer.from('geen video'.repeat(50)), says: /geen leesbare video/ },
      'geluid.wav': { bytes: wav(), says: /heeft geen beeld/ },
    };
    for (const [name, { bytes, says }] of Object.entries(files)) {
      const path = join(folder.path, name);
      writeFileSync(path, bytes);
      await answerDialogs(running, path);
      await page.getByRole('button', { name: 'Bestand kiezen' }).click();
      await page.getByText(says).waitFor();
      expect(await page.getByRole('button', { name: 'In de kluis zetten' }).count()).toBe(0);
    }
    await picture(running, 'fout-geen-opname');
  });
});

describe('while faces are being looked for', () => {
  it('the host may die: the job failed, nothing is lost, and it goes on', async () => {
    const { running } = await withLesson();
    const { page, app } = running;
    await beginAnalysis(running);
    const pid = await app.evaluate(
      ({ app: electron }) => electron.getAppMetrics().find(({ name }) => name === 'media')?.pid,
    );
    expect(pid).toBeGreaterThan(0);
    process.kill(pid!, 'SIGKILL');
    await page.getByText('Het onderdeel dat de video verwerkt is gestopt').waitFor();
    await picture(running, 'fout-onderdeel-gestopt');
    await unlockAs(running, 'Daan Docent');
    await page.getByRole('button', { name: 'Gezichten zoeken' }).click();
    await page.getByText('Snel', { exact: true }).click();
    await page.getByRole('button', { name: 'Begin met zoeken' }).click();
    await page.getByRole('button', { name: 'Verder: bewerken' }).waitFor({ timeout: 120_000 });
  });

  it('it can be stopped, and gone on with', async () => {
    const { running } = await withLesson();
    const { page } = running;
    await beginAnalysis(running);
    await page.getByRole('button', { name: 'Stoppen' }).click();
    await page.getByText('Begin je opnieuw, dan gaat het verder').waitFor();
    await page.getByRole('button', { name: 'Begin met zoeken' }).click();
    await page.getByRole('button', { name: 'Verder: bewerken' }).waitFor({ timeout: 120_000 });
  });

  it('the share may go: it is said, and when it is back the work is done', async () => {
    const { running, place } = await withLesson();
    const { page } = running;
    await beginAnalysis(running);
    renameSync(place.vault, `${place.vault}-weg`);
    mkdirSync(place.vault);
    await page.getByText('De map van de kluis is er niet').waitFor({ timeout: 60_000 });
    await picture(running, 'fout-netwerk-weg');
    rmSync(place.vault, { recursive: true });
    renameSync(`${place.vault}-weg`, place.vault);
    await page.getByRole('button', { name: 'Begin met zoeken' }).click();
    await page.getByRole('button', { name: 'Verder: bewerken' }).waitFor({ timeout: 120_000 });
  });

  it('a full disk is said, and making room is enough', async ({ skip }) => {
    const place = appPlace();
    const disk = makeDisk(place.data, 24);
    try {
      // A disk that can be filled must be mounted; where that is not possible it is said, not passed over.
      if (!disk.raw) skip('no file system can be mounted here');
      const vault = join(disk.path, 'kluis');
      await lessonInVault(await vaultForApp(place, vault), lesson);
      const filler = join(disk.path, 'vol');
      await fill(filler);
      const running = await start(place);
      const { page } = running;
      rmSync(filler);
      await unlockAs(running, 'Daan Docent');
      await page.getByRole('button', { name: 'Gezichten zoeken' }).click();
      await page.getByText('Snel', { exact: true }).click();
      await fill(filler);
      await page.getByRole('button', { name: 'Begin met zoeken' }).click();
      await page.getByText('De schijf is vol').waitFor({ timeout: 60_000 });
      await picture(running, 'fout-schijf-vol');
      rmSync(filler);
      await page.getByRole('button', { name: 'Begin met zoeken' }).click();
      await page.getByRole('button', { name: 'Verder: bewerken' }).waitFor({ timeout: 120_000 });
    } finally {
      await open.running?.close();
      delete open.running;
      disk.remove();
    }
  });
});

/** Takes all the room there is, also what is still to be given back: by the journal, and not at once. */
async function fill(path: string): Promise<void> {
  for (let quiet = 0; quiet < 3;) {
    execFileSync('sync', ['-f', dirname(path)]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    quiet = takeRoom(path) ? 0 : quiet + 1;
  }
}

/** @returns whether there was any */
function takeRoom(path: string): boolean {
  let took = false;
  for (let size = 1 << 20; size >= 1024; size >>= 1) {
    try {
      for (;;) {
        writeFileSync(path, Buffer.alloc(size), { flag: 'a' });
        took = true;
      }
    } catch {
      // Full for pieces of this size.
    }
  }
  return took;
}

/** A second of silence: a media file without a picture. */
function wav(): Buffer {
  const data = Buffer.alloc(16_000);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
