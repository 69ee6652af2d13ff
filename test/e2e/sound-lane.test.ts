import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Decisions } from '../../core/decision/decisions.ts';
import { BLEEP_ROLL } from '../../core/sound/sound-plan.ts';
import { SAMPLE_RATE } from '../../core/media/frame-rate.ts';
import { INTAKE, lessonInVault, vaultForApp } from '../fixtures/app-vault.ts';
import { changePlaces, unlockAs } from '../fixtures/app-way.ts';
import { appPlace, launch, type RunningApp } from '../fixtures/app.ts';
import { workFolder } from '../fixtures/product.ts';
import { composeSpoken, writeSpoken, type Lesson } from '../fixtures/spoken-lesson.ts';
import { writeTalkingHead } from '../fixtures/talking-head.ts';
import { SCHOOL } from '../fixtures/vault.ts';
import { look, show } from './accessible.ts';
import { listeningSteps } from './listening-steps.ts';
import { subtitleSteps } from './subtitle-steps.ts';

const place = appPlace();
const folder = workFolder();
let running: RunningApp;
let lesson: Lesson;
let dossier = '';

beforeAll(async () => {
  lesson = await composeSpoken();
  const [spoken, picture, file] = ['spoken.mp4', 'picture.mp4', 'les.mp4'].map((name) => join(folder.path, name)) as [
    string,
    string,
    string,
  ];
  await writeSpoken(spoken, lesson);
  const seconds = Math.ceil(lesson.samples.length / SAMPLE_RATE);
  await writeTalkingHead(picture, { seconds, width: 640, height: 360, sound: false });
  execFileSync('ffmpeg', [
    ...['-v', 'error', '-i', picture, '-i', spoken, '-map', '0:v', '-map', '1:a', '-c', 'copy', file],
  ]);
  const session = await vaultForApp(place, place.vault, { ...SCHOOL, sound: 'keep' });
  const intake = { ...INTAKE, objections: [{ pupil: 'Leerling 3', seat: 'raam' }], objectionsChecked: true };
  dossier = await lessonInVault(session, file, intake);
  running = await launch(place);
  await unlockAs(running, 'Daan Docent');
});
afterAll(async () => {
  await running?.close();
  place.remove();
  folder.remove();
});

/** What the engine has by now. */
async function decided(): Promise<Decisions> {
  const { page } = running;
  await page.getByText('Bewaard', { exact: true }).waitFor();
  const answer = await page.evaluate((id) => {
    const { bridge } = globalThis as unknown as {
      bridge: { call(name: string, input: unknown): Promise<{ value: { state: { decisions: Decisions } } }> };
    };
    return bridge.call('case.open', { id });
  }, dossier);
  return answer.value.state.decisions;
}

/** Of the player: whether it plays, and whether it can be heard. */
const player = () =>
  running.page.locator('video').evaluate((video: HTMLVideoElement) => {
    const { paused, muted, currentTime, playbackRate } = video;
    return { paused, muted, currentTime, playbackRate };
  });
const verdicts = () => running.page.locator('.turn .tag').allTextContents();
const stopped = () => expect.poll(async () => (await player()).paused, { timeout: 20_000 }).toBe(true);
/** The chosen turn has sounded to its end. */
async function listened(): Promise<void> {
  const heard = running.page.locator('.decide', { hasText: '· beluisterd' });
  for (let times = 0; times < 4; times++) {
    if (
      await heard.waitFor({ timeout: 8000 }).then(
        () => true,
        () => false,
      )
    )
      return;
    // A machine that stood still for a moment did not let all of it be heard.
    await running.page.keyboard.press('r');
  }
  await heard.waitFor({ timeout: 8000 });
}
const seconds = (samples: number) => samples / SAMPLE_RATE;

/** Drags over the waveform. @param from,to in seconds of the recording */
async function drag(from: number, to: number): Promise<void> {
  const { page } = running;
  const lane = (await page.locator('.sound-lane').boundingBox())!;
  // The lane is as long as the picture.
  const x = (at: number) => lane.x + (at / Math.ceil(seconds(lesson.samples.length))) * lane.width;
  await page.mouse.move(x(from), lane.y + 20);
  await page.mouse.down();
  await page.mouse.move(x(to), lane.y + 20, { steps: 5 });
  await page.mouse.up();
}

describe('what may be heard', { sequential: true }, () => {
  it('is silent until somebody listened', async () => {
    const { page } = running;
    await page.getByRole('button', { name: 'Gezichten zoeken' }).click();
    await page.getByText('Snel', { exact: true }).click();
    await page.getByRole('button', { name: 'Begin met zoeken' }).click();
    await page.getByRole('button', { name: 'Verder: bewerken' }).click({ timeout: 200_000 });
    await page.getByRole('tab', { name: 'Geluid' }).click();
    await page.getByText('0 van 5').waitFor();
    expect(await verdicts()).toEqual(['open', 'open', 'open', 'open', 'open']);
    expect((await player()).muted).toBe(true);
    await look(running, '50-geluid');
  });

  it('is not kept over a stretch that nobody heard, unless that is asked for twice', async () => {
    const { page } = running;
    await drag(0.1, seconds(lesson.samples.length) - 0.2);
    // Nobody has read the question by the second click.
    await page.getByRole('button', { name: 'Hoorbaar, behalve wat stil is [1]' }).dblclick();
    await page.getByText('Weet je zeker dat daar geen leerling te horen is?').waitFor();
    await look(running, '50-geluid-niet-beluisterd');
    expect(await verdicts()).toEqual(['open', 'open', 'open', 'open', 'open']);
    await page.keyboard.press('1');
    expect(await verdicts()).toEqual(['hoorbaar', 'hoorbaar', 'hoorbaar', 'hoorbaar', 'hoorbaar']);
    await page.keyboard.press('Control+z');
    expect(await verdicts()).toEqual(['open', 'open', 'open', 'open', 'open']);
    await page.keyboard.press('Home');
  });

  it('is listened to turn by turn, each to its end', async () => {
    const { page } = running;
    await page.keyboard.press('.');
    await expect.poll(async () => (await player()).paused).toBe(false);
    expect((await player()).muted).toBe(false);
    await stopped();
    const { currentTime } = await player();
    const [first, second] = lesson.spoken;
    expect(currentTime).toBeGreaterThan(seconds(first!.to) - 0.05);
    expect(currentTime).toBeLessThan(seconds(second!.from));
  });

  listeningSteps({ running: () => running, verdicts, listened, begins: () => seconds(lesson.spoken[2]!.from) });

  it('is decided with one key a turn, which leads to the next', async () => {
    const { page } = running;
    await page.locator('.turn').first().click();
    for (const { who } of lesson.spoken) {
      await listened();
      await page.keyboard.press(who === 'teacher' ? '1' : '2');
    }
    expect(await verdicts()).toEqual(['hoorbaar', 'stil', 'hoorbaar', 'stil', 'hoorbaar']);
    await page.getByText('5 van 5').waitFor();
    const { sound, mutes } = await decided();
    const inside = ({ from, to }: { from: number; to: number }, list: readonly { from: number; to: number }[]) =>
      list.some((each) => each.from <= seconds(from) + 0.1 && each.to >= seconds(to) - 0.1);
    for (const spoken of lesson.spoken)
      expect(inside(spoken, spoken.who === 'teacher' ? sound.kept : mutes), spoken.who).toBe(true);
  });

  it('is gone through by what sounds near or far alone', async () => {
    const { page } = running;
    await page.getByRole('button', { name: 'Ver', exact: true }).click();
    expect(await verdicts()).toEqual(['stil', 'stil']);
    await page.getByRole('button', { name: 'Alle', exact: true }).click();
  });

  it('is heard as it will be, before it is made; whatever is still to be decided is heard', async () => {
    const { page } = running;
    const listening = page.getByRole('button', { name: 'Hoor wat blijft' });
    const mutedWithin = async (turn: number) => {
      await page.locator('.turn').nth(turn).click();
      expect((await player()).muted).toBe(false);
      await page.keyboard.press('l');
      await listening.waitFor();
      await page.keyboard.press('r');
      const within = seconds(lesson.spoken[turn]!.from) + 0.2;
      return page.locator('video').evaluate(
        (video: HTMLVideoElement, at) =>
          new Promise<boolean>((resolve) => {
            const look = () => (video.currentTime < at ? requestAnimationFrame(look) : resolve(video.muted));
            look();
          }),
        within,
      );
    };
    expect(await mutedWithin(1)).toBe(true);
    expect(await mutedWithin(2)).toBe(false);
    // From there to the next one: never unheard.
    await page.keyboard.press('.');
    await expect.poll(async () => (await player()).muted).toBe(false);
    await page.keyboard.press(',');
  });

  it('loses a name within a sentence, where it was drawn', async () => {
    const { page } = running;
    const name = lesson.spoken[2]!.names[0]!;
    await page.keyboard.press('Escape');
    await drag(seconds(name.from), seconds(name.to));
    await look(running, '51-geluid-piep');
    await page.keyboard.press('t');
    const [bleep] = (await decided()).sound.bleeps;
    const off = Math.max(Math.abs(bleep!.from - seconds(name.from)), Math.abs(bleep!.to - seconds(name.to)));
    process.stdout.write(`bleep drawn ${(off * 1000).toFixed(1)} ms off, rolls ${BLEEP_ROLL * 1000} ms\n`);
    expect(off).toBeLessThan(0.02);
  });

  it.each([
    ['donker', 1280, 800, 'dark'],
    ['125-procent', 1024, 640, 'light'],
  ] as const)('looks right and can be used at %s', async (name, width, height, colours) => {
    const { page } = running;
    await show(running, width, height, colours);
    await look(running, `51-geluid-${name}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    expect(await page.getByRole('button', { name: 'Verder: maken en controleren' }).isVisible()).toBe(true);
    await show(running, 1280, 800, 'light');
  });

  it('is offered altered as less recognisable, with the reason why that is not anonymous', async () => {
    const { page } = running;
    await page.locator('.turn').nth(4).click();
    await listened();
    await page.keyboard.press('3');
    await page.getByRole('button', { name: 'Minder herkenbaar, niet anoniem [3]' }).waitFor();
    await page.getByText('wie moeite doet, brengt haar terug').waitFor();
    expect((await verdicts())[4]).toBe('minder herkenbaar');
    await page.keyboard.press('Control+z');
    expect((await verdicts())[4]).toBe('hoorbaar');
  });

  it('is kept over a stretch, except what was said to be silent', async () => {
    const { page } = running;
    await drag(0.1, seconds(lesson.samples.length) - 0.2);
    await page.getByRole('button', { name: 'Hoorbaar, behalve wat stil is [1]' }).click();
    expect(await verdicts()).toEqual(['hoorbaar', 'stil', 'hoorbaar', 'stil', 'hoorbaar']);
    await page.keyboard.press('Control+z');
  });

  subtitleSteps(() => running, folder.path, decided);

  it('is in the clip, and the check says that nothing else is', async () => {
    const { page } = running;
    await page.getByRole('button', { name: 'Verder: maken en controleren' }).click();
    await page.getByText('Snel', { exact: true }).click();
    await page.getByRole('button', { name: 'Clip maken' }).click();
    await page.getByText('De clip heeft de controle doorstaan').waitFor({ timeout: 200_000 });
    for (const check of ['Stil waar niets gehoord mag worden', 'Bewaard geluid is zoals gekozen'])
      await page.getByRole('listitem').filter({ hasText: check }).getByLabel('goed').waitFor();
    await look(running, '54-geluid-gecontroleerd');
  });

  it('is heard and read by the schoolopleider, who is told so', async () => {
    const { page } = running;
    await page
      .getByRole('tab', { name: 'Bewerken' })
      .or(page.getByRole('button', { name: 'Bewerken' }))
      .first()
      .click();
    await page.getByRole('tab', { name: /Bezwa/ }).click();
    await page.getByText('Is overal afgedekt').click();
    await page.getByText('Nog niet opgelost').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Verder: maken en controleren' }).click();
    await page.getByRole('button', { name: 'Verder: aanbieden' }).click();
    await page.getByRole('button', { name: 'Ter beoordeling aanbieden' }).click();
    await page.getByText('De clip ligt bij de schoolopleider').waitFor();
    await changePlaces(running, 'Sara Schoolopleider');
    await page.getByRole('button', { name: 'Beoordelen' }).click();
    await page.getByText('Deze clip heeft geluid').waitFor();
    expect((await player()).muted).toBe(false);
    await page.getByRole('button', { name: 'Afspelen' }).click();
    const heard = () =>
      page.locator('video').evaluate((video: HTMLVideoElement & { webkitAudioDecodedByteCount: number }) => ({
        bytes: video.webkitAudioDecodedByteCount,
        words: [...(video.textTracks[0]?.cues ?? [])].map((cue) => (cue as VTTCue).text),
      }));
    await expect.poll(async () => (await heard()).bytes, { timeout: 20_000 }).toBeGreaterThan(0);
    expect((await heard()).words).toEqual(['Leerling 3: mag ik er even uit?']);
    await look(running, '55-geluid-beoordelen');
  });
});
