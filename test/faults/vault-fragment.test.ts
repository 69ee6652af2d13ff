import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secondsOfFrame } from '../../core/media/frame-rate.ts';
import { decodeArgs } from '../../native/ffmpeg/decode-args.ts';
import { readFrames } from '../../native/ffmpeg/frame-reader.ts';
import { locateFfmpeg, type Ffmpeg } from '../../native/ffmpeg/locate.ts';
import { probeMedia } from '../../native/ffmpeg/probe.ts';
import { collect } from '../../native/ffmpeg/run.ts';
import { ORIGINAL } from '../../native/vault/dossier.ts';
import { withDossier } from '../../native/vault/case-job.ts';
import type { Session } from '../../native/vault/vault.ts';
import { HeardDesk } from '../fixtures/desk.ts';
import { readNumber, writeNumberedClip } from '../fixtures/indexed-clip.ts';
import { COMPLETE } from '../fixtures/intake.ts';
import { makeVault, vaultFolder } from '../fixtures/vault.ts';

const RATE = { num: 25, den: 1 };
const FRAMES = 250;
const X264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '12', '-g', '25', '-pix_fmt', 'yuv420p'];

describe('a fragment of a recording', () => {
  const folder = vaultFolder();
  const root = join(folder.path, 'kluis');
  const file = (name: string) => join(folder.path, name);
  let tools: Ffmpeg;
  let session: Session;
  let heard: HeardDesk;

  beforeAll(async () => {
    tools = await locateFfmpeg();
    const { trainee } = await makeVault(root);
    session = trainee;
    heard = await HeardDesk.of(root, 'Dio');
    await writeNumberedClip(file('les.mp4'), FRAMES, RATE, X264);
    await writeNumberedClip(file('vorm.mp4'), FRAMES, RATE, [...X264, '-metadata', 'title=Klas 2V']);
    const turn = ['-v', 'error', '-i', file('vorm.mp4'), '-c', 'copy', '-metadata:s:v:0', 'rotate=270'];
    await collect('ffmpeg', [...turn, file('telefoon.mp4')], {});
    await writeNumberedClip(file('web.webm'), FRAMES, RATE, ['-c:v', 'libvpx', '-g', '25', '-deadline', 'realtime']);
  });
  afterAll(async () => {
    await heard.desk.lock();
    folder.remove();
  });

  async function takeIn(name: string, from: number, to: number) {
    const { id } = heard.desk.beginDraft();
    await heard.desk.saveDraft(id, COMPLETE);
    return heard.ended(heard.desk.import(file(name), id, { from, to }));
  }

  /** Numbers of the first and the last picture that lie in the vault, and how many there are. */
  async function seen(dossier: string) {
    await heard.desk.overview();
    return withDossier(session, dossier, undefined, async ({ shelf, state }) => {
      const address = shelf.address(ORIGINAL);
      const recording = await probeMedia(address, state.bytes, tools);
      const size = { width: recording.video.width, height: recording.video.height };
      const numbers: number[] = [];
      for await (const { data } of readFrames(tools.ffmpeg, decodeArgs(address, recording, size, true), size).frames)
        numbers.push(readNumber(data, size.width, recording.video.rotationDegrees !== 0));
      return { recording, state, first: numbers[0]!, last: numbers[numbers.length - 1]!, count: numbers.length };
    });
  }

  it('is all that enters the vault, from the picture before it that needs no other', async () => {
    const { outcome, result } = await takeIn('les.mp4', 2.6, 6);
    expect(outcome).toBe('done');
    const { first, last, count, state } = await seen(result!);
    expect(first).toBe(50);
    expect(Math.abs(last - 149)).toBeLessThanOrEqual(1);
    expect(count).toBe(last - first + 1);
    expect(state.bytes).toBeLessThan(readFileSync(file('les.mp4')).length * 0.7);
    expect(state.milliseconds).toBeCloseTo(secondsOfFrame(count, RATE) * 1000, -2);
  });

  it('keeps how the phone was held', async () => {
    const { outcome, result } = await takeIn('telefoon.mp4', 4, 8);
    expect(outcome).toBe('done');
    const { recording, first } = await seen(result!);
    expect(recording.video.rotationDegrees).not.toBe(0);
    expect(recording.video.height).toBeGreaterThan(recording.video.width);
    expect(recording.personalTags).toEqual([]);
    expect(first).toBe(100);
  });

  it('leaves the file as it was, which can be wiped for it, and no other file', async () => {
    const before = createHash('sha256')
      .update(readFileSync(file('les.mp4')))
      .digest('hex');
    const { result } = await takeIn('les.mp4', 0, 3);
    expect(
      createHash('sha256')
        .update(readFileSync(file('les.mp4')))
        .digest('hex'),
    ).toBe(before);
    await expect(heard.desk.wipeSource(file('vorm.mp4'), result!)).rejects.toMatchObject({
      error: { code: 'desk-source-differs' },
    });
    expect((await heard.desk.wipeSource(file('les.mp4'), result!)).complete).toBe(true);
    expect(existsSync(file('les.mp4'))).toBe(false);
  });

  it.each([
    ['turned round', 5, 4],
    ['behind the end', 60, 70],
    ['of no length', 3, 3.1],
  ])('is refused when it is %s, and nothing is left', async (_what, from, to) => {
    const { outcome } = await takeIn('vorm.mp4', from, to);
    expect(outcome).toEqual({ error: { code: 'import-fragment', seconds: 10 } });
  });

  it('is refused where it can only be had by changing the recording', async () => {
    const { outcome } = await takeIn('web.webm', 2, 5);
    expect(outcome).toEqual({ error: { code: 'import-not-trimmed' } });
    expect((await heard.desk.overview()).cases).toHaveLength(3);
  });
});
