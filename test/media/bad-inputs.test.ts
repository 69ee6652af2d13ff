import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppError } from '../../core/errors.ts';
import * as bad from '../fixtures/bad-inputs.ts';

const CLI = resolve(import.meta.dirname, '../../dist/cli.mjs');
/** A job on fifteen small pictures takes three seconds; what takes this long hangs. */
const LIMIT_MS = 60_000;
const TEST_MS = 180_000;
const TRACE = /Error:|^\s+at |node:/m;
const BYSTANDER = 'andere les.mp4';

type Code = AppError['code'];

interface Event {
  readonly event: string;
  readonly code?: Code;
  readonly analysis?: string;
}

interface Outcome {
  readonly exit: number | null;
  readonly events: readonly Event[];
  readonly stderr: string;
}

/** A folder with the recording and one with somebody else's clip, where the new clip goes. */
interface Place {
  readonly source: string;
  readonly target: string;
  readonly clip: string;
}

let root = '';
let count = 0;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'slechte-invoer-'));
  bad.lesson()(root);
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

function place(): Place {
  const folder = join(root, String(++count));
  const source = join(folder, 'bron');
  const target = join(folder, 'doel');
  for (const each of [source, target]) mkdirSync(each, { recursive: true });
  bad.bytes(BYSTANDER, 'not ours')(target);
  return { source, target, clip: join(target, 'clip.mp4') };
}

const good: bad.Maker = (folder) => {
  const path = join(folder, 'les.mp4');
  copyFileSync(join(root, 'les.mp4'), path);
  return path;
};

async function cli(args: readonly string[], cwd = root): Promise<Outcome> {
  const child = spawn(process.execPath, [CLI, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: LIMIT_MS });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const exit = await new Promise<number | null>((done) => child.on('close', done));
  const lines = stdout.split('\n').filter((line) => line !== '');
  return { exit, stderr, events: lines.map((line): Event => JSON.parse(line)) };
}

function anonymise(input: string, clip: string, ...more: readonly string[]): Promise<Outcome> {
  return cli(['anonymise', input, '-o', clip, '--json', '--lang', 'nl', '--quality', 'fast', ...more]);
}

function expectRefusal({ exit, events, stderr }: Outcome, code: Code, exitCode: number): void {
  expect({ last: events.at(-1), exit }).toMatchObject({ last: { event: 'error', code }, exit: exitCode });
  expect(stderr).toMatch(/^\S[^\n]*\.\n$/);
  expect(stderr).not.toMatch(TRACE);
}

async function expectUntouched(here: Place, code: Code, exit: number, work: () => Promise<Outcome>): Promise<void> {
  const before = { source: bad.contents(here.source), target: bad.contents(here.target) };
  const outcome = await work();
  expect.soft({ source: bad.contents(here.source), target: bad.contents(here.target) }).toEqual(before);
  expectRefusal(outcome, code, exit);
}

function expectClip({ exit, events, stderr }: Outcome, clip: string, wanted: Partial<bad.Clip>): void {
  expect({ last: events.at(-1), exit, stderr }).toMatchObject({ last: { event: 'done' }, exit: 0, stderr: '' });
  expect(bad.look(clip)).toMatchObject(wanted);
}

type Case = [name: string, maker: bad.Maker, code: Code, ...args: string[]];

const INPUTS: readonly Case[] = [
  ['an MP4 without its index', bad.withoutIndex, 'input-not-media'],
  ['sound only', bad.soundOnly, 'input-no-video'],
  ['sound with a cover picture', bad.soundWithCover, 'input-no-video'],
  ['0 bytes', bad.empty, 'input-empty'],
  ['text', bad.text, 'input-not-media'],
  ['random bytes', bad.noise, 'input-not-media'],
  ['a playlist that names another file', bad.playlist, 'input-not-media'],
  ['a file that is not there', (folder) => join(folder, 'weg.mp4'), 'input-missing'],
  ['a folder', (folder) => folder, 'input-not-a-file'],
  ['a FIFO', bad.fifo, 'input-not-a-file'],
  ['a device', () => '/dev/null', 'input-not-a-file'],
  ['an encrypted MP4', bad.encrypted, 'input-encrypted'],
  ['an encrypted, fragmented MP4', bad.encryptedFragments, 'input-encrypted'],
  ['an encrypted MP4 that yields garbage pictures', bad.encryptedButDecodable, 'input-encrypted'],
  ['a picture of one pixel', bad.onePixel, 'input-too-small'],
  ['an 8K picture', bad.eightK, 'input-too-large'],
  ['a JPEG', bad.still('foto.jpg'), 'input-still-picture'],
  ['a PNG', bad.still('foto.png'), 'input-still-picture'],
  ['a PNG named .mp4', bad.renamed(bad.still('foto.png'), 'foto.mp4'), 'input-still-picture'],
  ['two pictures ten hours apart, MP4', bad.tenHourGap('gat.mp4'), 'input-timestamps'],
  ['two pictures ten hours apart, Matroska', bad.tenHourGap('gat.mkv'), 'input-timestamps'],
  ['sound to keep where there is none', good, 'sound-missing', '--sound', 'kept'],
];

describe('refuses, leaving source and target folder as they were', () => {
  it.each(INPUTS)('%s', { timeout: TEST_MS }, async (_name, maker, code, ...args) => {
    const here = place();
    const input = maker(here.source);
    await expectUntouched(here, code, 3, () => anonymise(input, here.clip, ...args));
  });
});

type TargetCase = [name: string, target: (place: Place, input: string) => string, code: Code, ...args: string[]];

const linked = ({ target }: Place, input: string) => {
  symlinkSync(input, join(target, 'ook.mp4'));
  return join(target, 'ook.mp4');
};

const TARGETS: readonly TargetCase[] = [
  ['a folder that can not be written to', () => '/proc/clip.mp4', 'output-not-writable'],
  ['a file in place of the folder', ({ target }) => join(target, BYSTANDER, 'clip.mp4'), 'output-folder-missing'],
  ['a missing folder', ({ target }) => join(target, 'weg', 'clip.mp4'), 'output-folder-missing'],
  ['a folder as the clip', ({ target }) => bad.folder('map.mp4')(target), 'output-not-writable', '--overwrite'],
  ['the source', (_, input) => input, 'output-is-input'],
  ['the source, with --overwrite', (_, input) => input, 'output-is-input', '--overwrite'],
  ['a link to the source', linked, 'output-is-input', '--overwrite'],
  ['an existing clip', ({ target }) => join(target, BYSTANDER), 'output-exists'],
  ['another extension', ({ target }) => join(target, 'clip.mov'), 'output-extension'],
  ['no extension', ({ target }) => join(target, 'clip'), 'output-extension'],
  ['nothing to resume', ({ clip }) => clip, 'nothing-to-resume', '--resume'],
  ['a report in a missing folder', ({ clip }) => clip, 'output-folder-missing', '--report', '/weg/verslag.json'],
  ['a sheet in a missing folder', ({ clip }) => clip, 'output-folder-missing', '--contact-sheet', '/weg/a.jpg'],
];

describe('refuses the target', () => {
  it.each(TARGETS)('%s', { timeout: TEST_MS }, async (_name, targetOf, code, ...args) => {
    const here = place();
    const input = good(here.source);
    const clip = targetOf(here, input);
    await expectUntouched(here, code, 6, () => anonymise(input, clip, ...args));
  });

  it.each(['--report', '--contact-sheet'])('%s that is the source', { timeout: TEST_MS }, async (option) => {
    const here = place();
    const input = good(here.source);
    await expectUntouched(here, 'output-is-input', 6, () => anonymise(input, here.clip, option, input));
  });
});

describe('never removes the source', () => {
  it.each(['clip.AFGEKEURD-NIET-DELEN.mp4', 'clip.mp4.werk/les.mp4'])('%s', { timeout: TEST_MS }, async (name) => {
    const { target, clip } = place();
    mkdirSync(join(target, 'clip.mp4.werk'));
    const input = bad.renamed(good, name)(target);
    const before = bad.digest(input);
    await anonymise(input, clip);
    expect(bad.contents(target)).toMatchObject({ [name]: before });
  });
});

const decisions = (value: unknown): bad.Maker => bad.bytes('keuzes.json', JSON.stringify(value));
const notThere: bad.Maker = (folder) => join(folder, 'weg');
const ELSEWHERE = { version: 1, analysis: 'x', tracks: { T001: 'keep' } };

const DECISIONS: Case[] = [
  ['that are not there', notThere, 'decisions-missing'],
  ['that are a folder', (folder) => folder, 'decisions-missing'],
  ['that are no JSON', bad.bytes('keuzes.json', '{"version": 1,'), 'decisions-invalid'],
  ['of 0 bytes', bad.bytes('keuzes.json', ''), 'decisions-invalid'],
  ['with an unknown field', decisions({ version: 1, track: {} }), 'decisions-invalid'],
  ['with a wrong value', decisions({ version: 1, cuts: [{ from: 3, to: 'end' }] }), 'decisions-invalid'],
  ['on another analysis', decisions(ELSEWHERE), 'decisions-other-analysis'],
  ['that cut everything', decisions({ version: 1, cuts: [{ from: 0, to: 100 }] }), 'plan-cuts-everything'],
];

const MODELS: Case[] = [
  ['that is not there', notThere, 'model-missing'],
  ['that is text', bad.text, 'model-unknown'],
  ['of 0 bytes', bad.empty, 'model-unknown'],
  ['that is a folder', (folder) => folder, 'model-unknown'],
];

async function expectFileRefused(option: string, maker: bad.Maker, code: Code, exit: number): Promise<void> {
  const here = place();
  const input = good(here.source);
  const file = maker(here.source);
  await expectUntouched(here, code, exit, () => anonymise(input, here.clip, option, file));
}

describe('refuses decisions and models', () => {
  it.each(DECISIONS)('decisions %s', { timeout: TEST_MS }, (_name, maker, code) =>
    expectFileRefused('--decisions', maker, code, 7),
  );

  it.each(MODELS)('a model %s', { timeout: TEST_MS }, (_name, maker, code) =>
    expectFileRefused('--model', maker, code, 5),
  );

  it('decisions on a track that is not there', { timeout: TEST_MS }, async () => {
    const { source, target, clip } = place();
    const input = good(source);
    const before = bad.contents(target);
    const shown = await anonymise(input, clip, '--dry-run');
    const analysis = shown.events.find(({ event }) => event === 'plan')?.analysis;
    const file = decisions({ version: 1, analysis, tracks: { T999: 'keep' } })(source);
    expectRefusal(await anonymise(input, clip, '--decisions', file), 'decisions-unknown-track', 7);
    expect(bad.contents(target)).toEqual(before);
  });
});

type Good = [name: string, maker: bad.Maker, wanted: Partial<bad.Clip>];

const WORKS: readonly Good[] = [
  ['an MP4 named .avi', bad.renamed(good, 'les.avi'), { frames: bad.FRAMES }],
  ['an MP4 named .txt', bad.renamed(good, 'les.txt'), { frames: bad.FRAMES }],
  ['odd sides, 4:4:4', bad.oddSize, { width: 320, height: 240, frames: bad.FRAMES }],
  ['240 pictures a second', bad.highSpeed, { rate: '60/1', frames: bad.HIGH_SPEED_FRAMES }],
  ['times from ten hours on, Matroska', bad.startsAtTenHours('laat.mkv'), { frames: bad.FRAMES }],
  ['times from ten hours on, MPEG-TS', bad.startsAtTenHours('laat.ts'), { frames: bad.FRAMES }],
  ['several pictures: the first', bad.twoPictures, { width: 320, height: 240, frames: bad.FRAMES }],
  ['spaces and quotes', bad.renamed(good, ' les  \'vier\' "5".mp4'), { frames: bad.FRAMES }],
  ['a cut through the pictures, index in front', bad.cutFaststart, { frames: expect.toBeOneOf([...bad.CUT_FRAMES]) }],
  ['bytes overwritten in the middle', bad.damaged, { frames: bad.FRAMES }],
  ['emoji, accents and a percent sign', bad.renamed(good, 'klas 👩‍🏫 één 100%d.mp4'), { frames: bad.FRAMES }],
];

function expectOnlyClipAdded({ target, clip }: Place, before: Record<string, string>): void {
  expect(bad.contents(target)).toEqual({ ...before, [basename(clip)]: expect.any(String) });
}

describe('makes a clip, and nothing else, of', () => {
  it.each(WORKS)('%s', { timeout: TEST_MS }, async (_name, maker, wanted) => {
    const here = place();
    const input = maker(here.source);
    const before = { source: bad.contents(here.source), target: bad.contents(here.target) };
    const named = { ...here, clip: join(here.target, `clip ${basename(input)}.mp4`) };
    expectClip(await anonymise(input, named.clip), named.clip, wanted);
    expect(bad.contents(here.source)).toEqual(before.source);
    expectOnlyClipAdded(named, before.target);
  });

  it.each([[['./-x.mp4']], [['--', '-x.mp4']]])('%j', { timeout: TEST_MS }, async (input) => {
    const here = place();
    const path = bad.renamed(good, '-x.mp4')(here.source);
    const before = { source: bad.digest(path), target: bad.contents(here.target) };
    const args = ['anonymise', '-o', here.clip, '--json', '--lang', 'nl', '--quality', 'fast', ...input];
    expectClip(await cli(args, here.source), here.clip, { frames: bad.FRAMES });
    expect(bad.digest(path)).toBe(before.source);
    expectOnlyClipAdded(here, before.target);
  });
});

const FULL: [when: string, left: number, ...resume: string[]][] = [
  ['before anything is written', 0],
  ['while the journal is begun', 4096],
  ['while a segment is written', 20_000, '--resume'],
  ['while the segments are joined', 70_000, '--resume'],
];

describe.skipIf(!bad.canMount())('goes on after a disk was full', () => {
  it.each(FULL)('%s', { timeout: TEST_MS }, async (_when, left, ...resume) => {
    const { source, target, clip } = place();
    const input = good(source);
    const before = bad.contents(source);
    bad.mountSmallDisk(target, 400);
    try {
      const filler = bad.fillDisk(target, left);
      const outcome = await anonymise(input, clip);
      expect.soft(readdirSync(target).filter((name) => !name.endsWith('.werk'))).toEqual([basename(filler)]);
      expect.soft(bad.contents(source)).toEqual(before);
      expectRefusal(outcome, 'disk-full', 6);
      rmSync(filler);
      expectClip(await anonymise(input, clip, ...resume), clip, { frames: bad.FRAMES });
      expect(readdirSync(target)).toEqual([basename(clip)]);
    } finally {
      bad.unmount(target);
    }
  });
});
