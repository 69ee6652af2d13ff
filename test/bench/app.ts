import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { lessonInVault, vaultForApp } from '../fixtures/app-vault.ts';
import { unlockAs } from '../fixtures/app-way.ts';
import { appPlace, launch, startDisplay, stopDisplay, type RunningApp } from '../fixtures/app.ts';
import { layDownHour } from './long-lesson.ts';

/**
 * The window's figures: start to usable, first picture of an hour, scrubbing, the timeline with many
 * tracks, memory of each process. `npm run bench:app -- [--minutes 30] [--tracks 60]`
 */
const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '2' }, tracks: { type: 'string', default: '60' } },
});
const minutes = Number(values.minutes);
const SEEKS = 60;

const place = appPlace();
const folder = mkdtempSync(join(homedir(), '.onherkenbaar-bench-'));
const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
const say = (what: string, value: string) => console.log(`${what.padEnd(44)} ${value}`);

try {
  await startDisplay();
  const session = await vaultForApp(place);
  const hour = join(folder, 'uur.mp4');
  const lesson = await layDownHour(hour);
  const dossier = await lessonInVault(session, hour);
  await lesson.analyse(session, dossier, Number(values.tracks));
  say('recording', `${(lesson.seconds / 60).toFixed(0)} min, ${(statSync(hour).size / 1e6).toFixed(0)} MB`);

  const began = performance.now();
  const running = await launch(place);
  await running.page.getByText('Wie ben je?').waitFor();
  say('app start to usable', `${Math.round(performance.now() - began)} ms`);
  await unlockAs(running, 'Daan Docent');
  const button = running.page.getByRole('button', { name: 'Bewerken' });
  await button.waitFor();
  const opening = performance.now();
  await button.click();
  await firstPicture(running);
  say('click to first picture of the hour', `${Math.round(performance.now() - opening)} ms`);

  // The editor itself goes to its playhead once there is something to show.
  await running.page.waitForTimeout(1000);
  const waits = await scrub(running, lesson.seconds, SEEKS);
  say(
    `scrub latency, ${waits.length} random places`,
    `p50 ${quantile(waits, 0.5).toFixed(0)} ms, p95 ${quantile(waits, 0.95).toFixed(0)} ms`,
  );
  const frames = await timelineFrames(running);
  say(
    `timeline, ${values.tracks} tracks, dragged for 5 s`,
    `${frames.rate.toFixed(1)} pictures/s, longest wait ${frames.longest.toFixed(0)} ms`,
  );
  await memory(running, 'memory after opening');
  // These keys do not come from the display's keyboard, by which the system knows that somebody is there.
  await running.app.evaluate(({ powerMonitor }) => {
    powerMonitor.getSystemIdleTime = () => 0;
  });
  const until = Date.now() + minutes * 60_000;
  while (Date.now() < until) {
    await scrub(running, lesson.seconds, 20);
    await running.page.keyboard.press('n');
    await running.page.keyboard.press('f');
    await running.page.keyboard.press('b');
    await running.page.keyboard.press('Control+z');
  }
  await memory(running, `memory after ${minutes} min of use`);
  await running.close();
} finally {
  stopDisplay();
  place.remove();
  rmSync(folder, { recursive: true, force: true });
}

async function firstPicture({ page }: RunningApp): Promise<void> {
  await page.waitForFunction(() => {
    const video = document.querySelector('video');
    return video !== null && video.readyState >= 2;
  });
}

/** Milliseconds until the picture that was asked for is on the screen, rising. */
async function scrub({ page }: RunningApp, seconds: number, count: number): Promise<number[]> {
  const waits = await page.evaluate(
    async ({ length, times }) => {
      const video = document.querySelector('video')!;
      const found: number[] = [];
      // Not from the very start, where it stands already: a picture that is shown is not shown again.
      for (let index = 1; index <= times; index++) {
        const wanted = Math.floor(((index * 0.618034) % 1) * (length - 2) * 25);
        const start = performance.now();
        video.currentTime = (wanted + 0.5) / 25;
        await new Promise<void>((resolve, reject) => {
          const late = setTimeout(() => reject(new Error('no picture in 10 s')), 10_000);
          const look = (_now: number, { mediaTime }: VideoFrameCallbackMetadata) => {
            if (Math.round(mediaTime * 25) !== wanted) return void video.requestVideoFrameCallback(look);
            clearTimeout(late);
            resolve();
          };
          video.requestVideoFrameCallback(look);
        });
        found.push(performance.now() - start);
      }
      return found;
    },
    { length: seconds, times: count },
  );
  return waits.sort((a, b) => a - b);
}

/** Redraws of the timeline while it is being moved, against the display's own rate. */
async function timelineFrames({ page }: RunningApp): Promise<{ rate: number; longest: number }> {
  return page.evaluate(async () => {
    const canvas = document.querySelector('.timeline')!;
    const times: number[] = [];
    const until = performance.now() + 5000;
    let step = 0;
    while (performance.now() < until) {
      canvas.dispatchEvent(
        new WheelEvent('wheel', { deltaY: step % 40 < 20 ? 40 : -40, ctrlKey: step % 3 === 0, bubbles: true }),
      );
      step++;
      times.push(await new Promise<number>((resolve) => requestAnimationFrame(resolve)));
    }
    const gaps = times.slice(1).map((time, index) => time - times[index]!);
    return { rate: (1000 * gaps.length) / (times[times.length - 1]! - times[0]!), longest: Math.max(...gaps) };
  });
}

async function memory({ app }: RunningApp, when: string): Promise<void> {
  const rows = await app.evaluate(({ app: electron }) =>
    electron
      .getAppMetrics()
      .map(({ type, name, memory: used }) => ({ type: name ?? type, kilobytes: used.workingSetSize })),
  );
  say(when, rows.map(({ type, kilobytes }) => `${type} ${Math.round(kilobytes / 1024)} MB`).join(', '));
}
