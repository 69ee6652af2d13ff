import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_RATE } from '../../core/media/frame-rate.ts';
import type { SampleRange } from '../../core/sound/sample-range.ts';
import { fileAddress } from '../../native/ffmpeg/address.ts';
import { checkSound } from '../../native/sound/check-sound.ts';
import { workFolder } from '../fixtures/product.ts';
import { planSpoken, soundOf, writeClip, type Heard } from '../fixtures/render-sound.ts';
import { composeSpoken, TURNS, writeSpoken, type Lesson } from '../fixtures/spoken-lesson.ts';
import { seeded } from '../fixtures/vault.ts';

/** Rooms and microphones that are not as they should be: a right clip of them passes all the same, a wrong one does not. */
const folder = workFolder();
afterAll(() => folder.remove());

let lesson: Lesson;
beforeAll(async () => {
  lesson = await composeSpoken(TURNS.slice(0, 3));
});
const seconds = ({ from, to }: SampleRange) => ({ from: from / SAMPLE_RATE, to: to / SAMPLE_RATE });
const decided = () => ({
  kept: lesson.spoken.filter(({ who }) => who === 'teacher').map((each) => ({ ...seconds(each), altered: false })),
  bleeps: lesson.spoken.flatMap(({ names }) => names.map(seconds)),
});

function noise(level: number, seed: number): (sample: number) => number {
  const random = seeded(seed);
  const scale = 10 ** (level / 20) * Math.sqrt(3);
  return (sample) => sample + scale * (2 * random() - 1);
}

async function judged(heard: Heard, sound: Float32Array, name: string) {
  const clip = join(folder.path, `${name}.clip.mp4`);
  writeClip(clip, heard, sound);
  const { checks, findings } = await checkSound({ ...heard, sound: heard.plan.sound!, clip: fileAddress(clip) });
  return { clip, failed: checks.filter(({ passed }) => !passed), findings };
}
const PASSED = { failed: [], findings: [] };
const STEREO = ['-ac', '2', '-c:a', 'pcm_s16le'];

describe('what is right passes', () => {
  it.each([
    ['a noisy room', (samples: Float32Array) => samples.map(noise(-44, 1))],
    ['a very noisy room', (samples: Float32Array) => samples.map(noise(-36, 1))],
    ['a microphone far too soft', (samples: Float32Array) => samples.map((each) => each / 100)],
    [
      'a bang while a soft teacher speaks',
      (samples: Float32Array) =>
        samples.map((each, at) => {
          const since = (at - 48_000) / SAMPLE_RATE;
          return each / 10 + (since > 0 ? 0.95 * Math.exp(-since / 0.004) * Math.sin(2 * Math.PI * 700 * since) : 0);
        }),
    ],
    [
      'hiss in the place of speech',
      (samples: Float32Array) => {
        const hiss = noise(-20, 3);
        return samples.map((each, at) => (at > 48_000 && at < 96_000 ? hiss(0) : each));
      },
    ],
  ])('%s', async (name, change) => {
    const file = join(folder.path, `${name}.mkv`);
    await writeSpoken(file, { samples: change(lesson.samples) }, STEREO);
    const heard = await planSpoken(file, decided());
    expect(heard.source.channels).toBe(2);
    expect(await judged(heard, await soundOf(heard), name)).toMatchObject(PASSED);
  });

  it('a clip that is brought in anew', async () => {
    const file = join(folder.path, 'eerst.mp4');
    await writeSpoken(file, lesson);
    const first = await planSpoken(file, decided());
    const { clip } = await judged(first, await soundOf(first), 'eerst');
    const again = await planSpoken(clip, { kept: decided().kept.slice(0, 1) });
    expect(await judged(again, await soundOf(again), 'nogmaals')).toMatchObject(PASSED);
  });
});

describe('what is wrong does not', () => {
  it('other speech, or nothing, in one of two channels', async () => {
    const file = join(folder.path, 'stereo.mkv');
    await writeSpoken(file, lesson, STEREO);
    const heard = await planSpoken(file, decided());
    const right = await soundOf(heard);
    const [first] = heard.plan.sound!.kept;
    for (const other of [(at: number) => right[(at - 96_000) * 2] ?? 0, () => 0]) {
      const sound = right.map((sample, at) => {
        const place = at >> 1;
        return at % 2 === 1 && place > first!.from + 480 && place < first!.to - 480 ? other(place) : sample;
      });
      const { failed } = await judged(heard, sound, 'kanaal');
      expect(failed.map(({ name }) => name)).toContain('sound-right');
    }
  });
});
