import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_DECISIONS } from '../../core/decision/decisions.ts';
import type { Recording } from '../../core/media/recording.ts';
import { buildPlan, type ValidPlan } from '../../core/plan/plan.ts';
import { readabilityBetween } from '../fixtures/readable.ts';
import { loadModel } from '../../models/store.ts';
import { MaskSchedule } from '../../core/plan/masks.ts';
import { fileAddress } from '../../native/ffmpeg/address.ts';
import { decodeArgs } from '../../native/ffmpeg/decode-args.ts';
import { readFrames } from '../../native/ffmpeg/frame-reader.ts';
import { locateFfmpeg, type Ffmpeg } from '../../native/ffmpeg/locate.ts';
import { probe } from '../../native/ffmpeg/probe.ts';
import { collect } from '../../native/ffmpeg/run.ts';
import { openModel } from '../../native/onnx/pair.ts';
import { hashFile } from '../../native/store/files.ts';
import { verify } from '../../native/verify.ts';
import { Witnesses } from '../../native/witnesses.ts';
import { decodeLuma } from '../fixtures/indexed-clip.ts';
import { runProduct, workFolder } from '../fixtures/product.ts';
import { HEAD_PLACE, writeTalkingHead } from '../fixtures/talking-head.ts';
import { trackOf } from '../unit/arbitraries.ts';

const folder = workFolder();
afterAll(() => folder.remove());

const SIZE = { width: 640, height: 360 };
const input = join(folder.path, 'les.mp4');
/** Inside the face of the talking head, which sways by 2 % of the width. */
const FACE = { x: SIZE.width * HEAD_PLACE.x + 70, y: SIZE.height * HEAD_PLACE.y + 45, w: 75, h: 95 };

beforeAll(() => writeTalkingHead(input, { ...SIZE, seconds: 4, sound: true }));

describe('the whole way', () => {
  it('hides a real face in every frame, and reports what it measured', async () => {
    const output = join(folder.path, 'clip.mp4');
    const ran = await runProduct(['anonymise', input, '-o', output, '--json']);
    expect(ran.code).toBe(0);
    const [before, after] = await Promise.all([input, output].map((file) => decodeLuma(file, SIZE.width, SIZE.height)));
    expect(after!.length).toBe(before!.length);
    const seen = before!.map((luma, index) => readabilityBetween(luma, after![index]!, SIZE.width, SIZE.height, FACE));
    expect(seen.filter((each) => each !== undefined).length).toBe(before!.length);
    expect(seen.filter((each) => each?.readable)).toEqual([]);
    expect(
      before!.filter((luma) => readabilityBetween(luma, luma, SIZE.width, SIZE.height, FACE)?.readable).length,
    ).toBe(100);
    expect(ran.events.at(-1)).toMatchObject({ event: 'done', report: { passed: true, findings: [] } });
  });

  it.each(['fill', 'silhouette'])('hides it with --mask %s too', async (mask) => {
    const output = join(folder.path, `${mask}.mp4`);
    const ran = await runProduct(['anonymise', input, '-o', output, '--quality', 'fast', '--mask', mask, '--json']);
    expect(ran.code).toBe(0);
    expect(ran.events.at(-1)).toMatchObject({ event: 'done', report: { passed: true } });
  });

  it('shows the face only when it was decided, for this very analysis', async () => {
    const plan = (await runProduct(['anonymise', input, '--dry-run', '--json'])).events.at(-1);
    expect(plan).toMatchObject({ event: 'plan', tracks: [{ id: 'T001', treatment: 'hide' }] });
    const output = join(folder.path, 'kept.mp4');
    const decisions = join(folder.path, 'decisions.json');
    const keep = async (analysis: unknown) => {
      writeFileSync(decisions, JSON.stringify({ version: 1, analysis, tracks: { T001: 'keep' } }));
      return runProduct(['anonymise', input, '-o', output, '--decisions', decisions, '--json']);
    };
    expect((await keep('another')).events.at(-1)).toMatchObject({ code: 'decisions-other-analysis' });
    expect(existsSync(output)).toBe(false);
    expect((await keep(plan?.['analysis'])).events.at(-1)).toMatchObject({ event: 'done', report: { passed: true } });
    const [before, after] = await Promise.all([input, output].map((file) => decodeLuma(file, SIZE.width, SIZE.height)));
    expect(readabilityBetween(before![50]!, after![50]!, SIZE.width, SIZE.height, FACE)?.readable).toBe(true);
  });

  it('leaves no name, place, device or build string behind', async () => {
    const planted = join(folder.path, 'planted.mp4');
    const output = join(folder.path, 'clean.mp4');
    const tags = ['title=Klas 3B', 'artist=Jansen', 'location=+52.3702+004.8952/', 'comment=geheim', 'make=Telefoon'];
    const options = tags.flatMap((tag) => ['-metadata', tag]);
    const copy = ['-v', 'error', '-i', input, '-c', 'copy', ...options, '-movflags', 'use_metadata_tags', planted];
    expect((await collect('ffmpeg', copy)).code).toBe(0);
    const decisions = join(folder.path, 'sound.json');
    writeFileSync(decisions, JSON.stringify({ version: 1, sound: { kept: [{ from: 0, to: 4 }] } }));
    const asked = ['--quality', 'fast', '--sound', 'kept', '--decisions', decisions, '--json'];
    const ran = await runProduct(['anonymise', planted, '-o', output, ...asked]);
    expect(ran.code).toBe(0);
    const bytes = readFileSync(output).toString('latin1');
    for (const secret of ['Klas 3B', 'Jansen', '52.3702', 'geheim', 'Telefoon', 'x264 - core', 'Lavf'])
      expect(bytes.includes(secret)).toBe(false);
  });
});

describe.each(['decoded again', 'remembered'] as const)(
  'the check does not take a clip at its word: original %s',
  (source) => {
    let tools: Ffmpeg;
    let recording: Recording;

    beforeAll(async () => {
      tools = await locateFfmpeg();
      recording = await probe(input, tools);
    });

    function planHiding(): ValidPlan {
      const boxes = Array.from({ length: 100 }, () => FACE);
      const result = buildPlan({
        ...SIZE,
        rate: { num: 25, den: 1 },
        sourceFrames: 100,
        analysedFrames: 100,
        analysisId: '',
        tracks: [trackOf('T001', 0, boxes)],
        sceneCuts: [],
        decisions: NO_DECISIONS,
        style: 'mosaic',
        sound: 'off',
      });
      if (!result.ok) throw new Error(result.error.code);
      return result.plan;
    }

    /** What a rendering pass would have remembered of the original. */
    async function remember(plan: ValidPlan): Promise<Witnesses> {
      const witnesses = new Witnesses(1);
      const schedule = new MaskSchedule(plan);
      const args = decodeArgs(fileAddress(input), recording, SIZE, false);
      for await (const frame of readFrames(tools.ffmpeg, args, SIZE).frames)
        witnesses.see(frame.index, frame, schedule.masks(frame.index));
      expect(witnesses.covers(plan)).toBe(true);
      return witnesses;
    }

    async function judge(file: string, plan: ValidPlan) {
      const { size } = statSync(file);
      const clip = { address: fileAddress(file), sha256: hashFile(file), bytes: size };
      const address = fileAddress(input);
      const witnesses = source === 'remembered' ? await remember(plan) : undefined;
      const model = loadModel({ licence: 'any' });
      const detector = await openModel(model);
      const look = { scales: [1], zoom: 0, turn: false };
      try {
        const task = { address, recording, clip, tools, plan, detector, look };
        return await verify({ ...task, everySeconds: 1, compareEvery: 1, followFindings: true, witnesses });
      } finally {
        await detector.close();
      }
    }

    it('fails the original itself: readable under every mask, sound that nobody asked for, foreign tags', async () => {
      const clip = join(folder.path, 'unmasked.mp4');
      copyFileSync(input, clip);
      const { report } = await judge(clip, planHiding());
      expect(report.passed).toBe(false);
      const failed = report.checks.filter(({ passed }) => !passed).map(({ name }) => name);
      expect(failed).toEqual(expect.arrayContaining(['streams', 'metadata', 'unreadable']));
      expect(report.findings.filter(({ kind }) => kind === 'readable-under-mask').length).toBeGreaterThan(95);
    });

    it('finds a face that no mask covers, and follows it to both ends', async () => {
      const plan = { ...planHiding(), tracks: [] } as unknown as ValidPlan;
      const { report, extraTracks } = await judge(input, plan);
      expect(report.checks.find(({ name }) => name === 'no-faces-left')?.passed).toBe(false);
      expect(extraTracks.length).toBe(1);
      expect(extraTracks[0]!.start).toBe(0);
      expect(extraTracks[0]!.end).toBe(99);
    });

    it('notices another picture than the one that should be there', async () => {
      const clip = join(folder.path, 'shifted.mp4');
      const args = ['-v', 'error', '-i', input, '-an', '-vf', 'hue=b=2', '-c:v', 'libx264', '-y', clip];
      expect((await collect('ffmpeg', args)).code).toBe(0);
      const { report } = await judge(clip, planHiding());
      expect(report.checks.find(({ name }) => name === 'right-picture')?.passed).toBe(false);
    });

    it('counts frames: one missing is a failure', async () => {
      const clip = join(folder.path, 'short.mp4');
      const args = ['-v', 'error', '-i', input, '-an', '-frames:v', '99', '-c:v', 'libx264', '-y', clip];
      expect((await collect('ffmpeg', args)).code).toBe(0);
      const { report } = await judge(clip, planHiding());
      expect(report.checks.find(({ name }) => name === 'frames')).toMatchObject({
        passed: false,
        measured: 99,
        wanted: 100,
      });
    });
  },
);
