import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_DECISIONS, type Decisions } from '../../core/decision/decisions.ts';
import { intersection, type Box } from '../../core/geometry/box.ts';
import type { Recording } from '../../core/media/recording.ts';
import { ComparedFrames } from '../../core/verify/compared.ts';
import { buildPlan, type MaskStyle, type ValidPlan } from '../../core/plan/plan.ts';
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
import { PictureSignatures } from '../../native/signatures.ts';
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

interface Hiding {
  readonly face?: Box;
  readonly decisions?: Decisions;
  readonly style?: MaskStyle;
}

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
    const done = ran.events.at(-1);
    expect(done).toMatchObject({ event: 'done', report: { passed: true, findings: [] } });
    expect(done).toHaveProperty(
      'report.furthestField',
      expect.toSatisfy((levels) => levels >= 0 && levels <= 3),
    );
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

    function planHiding({ face = FACE, decisions = NO_DECISIONS, style = 'mosaic' }: Hiding = {}): ValidPlan {
      const boxes = Array.from({ length: 100 }, () => face);
      const result = buildPlan({
        ...SIZE,
        rate: { num: 25, den: 1 },
        sourceFrames: 100,
        analysedFrames: 100,
        analysisId: '',
        tracks: [trackOf('T001', 0, boxes)],
        sceneCuts: [],
        decisions,
        style,
        sound: 'off',
      });
      if (!result.ok) throw new Error(result.error.code);
      return result.plan;
    }

    /** What a rendering pass would have remembered of the original. */
    async function remember(plan: ValidPlan): Promise<Witnesses> {
      const compared = new ComparedFrames(plan, 1);
      const witnesses = new Witnesses(compared);
      const schedule = new MaskSchedule(plan);
      const args = decodeArgs(fileAddress(input), recording, SIZE, false);
      for await (const frame of readFrames(tools.ffmpeg, args, SIZE).frames)
        witnesses.see(frame.index, frame, schedule.masks(frame.index));
      expect(witnesses.covers(compared)).toBe(true);
      return witnesses;
    }

    /** What an analysis would have remembered of each picture. */
    async function signed(): Promise<PictureSignatures> {
      const signatures = new PictureSignatures();
      const args = decodeArgs(fileAddress(input), recording, SIZE, false);
      for await (const frame of readFrames(tools.ffmpeg, args, SIZE).frames) signatures.remember(frame);
      return signatures;
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
        const task = { address, recording, clip, tools, plan, detector, look, signatures: await signed() };
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

    it('finds a face beside somebody whose whole body is hidden', async () => {
      const beside = { ...FACE, x: FACE.x - 1.3 * FACE.w };
      const { report, extraTracks } = await judge(input, planHiding({ face: beside, style: 'silhouette' }));
      expect(report.checks.find(({ name }) => name === 'no-faces-left')?.passed).toBe(false);
      expect(extraTracks.length).toBe(1);
    });

    it('notices an area that is not painted, in every frame of it', async () => {
      const zones = [{ x: 40, y: 200, width: 120, height: 100, during: { from: 1, to: 2 } }];
      const { report } = await judge(input, planHiding({ decisions: { ...NO_DECISIONS, zones } }));
      const wrong = report.findings.filter(({ kind }) => kind === 'wrong-picture');
      expect(wrong.map(({ frame }) => frame)).toEqual(Array.from({ length: 25 }, (_, index) => 25 + index));
    });

    it('notices another picture than the one that should be there', async () => {
      const clip = join(folder.path, 'shifted.mp4');
      const args = ['-v', 'error', '-i', input, '-an', '-vf', 'hue=b=2', '-c:v', 'libx264', '-y', clip];
      expect((await collect('ffmpeg', args)).code).toBe(0);
      const { report } = await judge(clip, planHiding());
      expect(report.checks.find(({ name }) => name === 'right-picture')?.passed).toBe(false);
    });

    it('notices in one frame a part of another picture, and where', async () => {
      const clip = join(folder.path, 'patched.mp4');
      const patch = "drawbox=x=540:y=280:w=60:h=60:c=white:t=fill:enable='eq(n,50)'";
      const args = ['-v', 'error', '-i', input, '-an', '-vf', patch, '-c:v', 'libx264', '-crf', '23', '-y', clip];
      expect((await collect('ffmpeg', args)).code).toBe(0);
      const { report } = await judge(clip, planHiding());
      const wrong = report.findings.filter(({ kind }) => kind === 'wrong-picture');
      expect(wrong.map(({ frame }) => frame)).toEqual([50]);
      expect(intersection(wrong[0]!.box, { x: 540, y: 280, w: 60, h: 60 })).toBeGreaterThan(400);
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
