import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DamagedMp4 } from '../../native/mp4/boxes.ts';
import { flattenMp4 } from '../../native/mp4/flatten.ts';
import {
  allBoxes,
  CLIP,
  copied,
  decoded,
  flatten,
  fragmented,
  probe,
  progressive,
  sourceOf,
  tablesOf,
  type Clip,
} from '../fixtures/fragmented-clip.ts';
import { workFolder } from '../fixtures/product.ts';

const folder = workFolder();
afterAll(() => folder.remove());

/** Numbers from 0 to 1 that are the same every time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** All tables that do not depend on where the sample data lies. */
const TABLES = ['mvhd', 'tkhd', 'elst', 'mdhd', 'hdlr', 'stts', 'stss', 'ctts', 'stsz', 'sgpd', 'sbgp'];

const CLIPS: readonly (readonly [string, Clip])[] = [
  ['25 a second with sound', CLIP],
  ['25 a second without sound', { ...CLIP, sound: false }],
  ['30000/1001 a second with sound', { ...CLIP, rate: '30000/1001', timescale: 30_000 }],
  ['30000/1001 a second without sound', { ...CLIP, rate: '30000/1001', timescale: 30_000, sound: false }],
  ['60 a second with sound', { ...CLIP, rate: '60', timescale: 30_720 }],
  ['60 a second without sound', { ...CLIP, rate: '60', timescale: 30_720, sound: false }],
  ['no B-pictures', { ...CLIP, bFrames: 0 }],
  ['no B-pictures and no sound', { ...CLIP, bFrames: 0, sound: false }],
  ['every picture a key picture', { ...CLIP, keyEvery: 1, bFrames: 0 }],
  ['one fragment', { ...CLIP, keyEvery: 250 }],
  ['one picture', { ...CLIP, seconds: 0.04, sound: false }],
  ['one picture with sound', { ...CLIP, seconds: 0.04 }],
  ['two pictures', { ...CLIP, seconds: 0.08, sound: false }],
  ['a minute', { ...CLIP, seconds: 60, keyEvery: 50 }],
  ['sound that begins late', { ...CLIP, soundDelay: 0.37 }],
  [
    'pictures that are missing',
    { ...CLIP, more: ['-vf', "select='not(between(n,20,30))'", '-fps_mode', 'passthrough'] },
  ],
  ['non-square pixels and colours', { ...CLIP, more: ['-vf', 'setsar=4/3', '-colorspace', 'bt709'] }],
];

describe('a fragmented MP4 becomes the progressive one that ffmpeg would have written', () => {
  it.each(CLIPS)('%s', async (_name, clip) => {
    const [flat, reference] = [join(folder.path, 'flat.mp4'), join(folder.path, 'reference.mp4')];
    const bytes = await fragmented(clip);
    await writeFile(flat, await flatten(bytes));
    await progressive(clip, reference);
    const [ours, theirs] = [await probe(flat), await probe(reference)];
    expect(ours.packets.length).toBeGreaterThan(0);
    expect(ours).toEqual(theirs);
    expect(await tablesOf(flat, TABLES)).toEqual(await tablesOf(reference, TABLES));
    expect(await decoded(flat, 'v')).toEqual(await decoded(reference, 'v'));
    if (clip.sound) expect(await decoded(flat, 'a')).toEqual(await decoded(reference, 'a'));
  });

  it.each(CLIPS.slice(0, 6))('%s, and as ffmpeg copies it', async (_name, clip) => {
    const flat = join(folder.path, 'flat.mp4');
    const bytes = await fragmented(clip);
    await writeFile(flat, await flatten(bytes));
    const copy = await copied(bytes, clip.timescale, folder.path);
    // ffmpeg's copy forgets that the last AAC frame is shorter than the others, and no more than that.
    const timed = async (file: string) =>
      (await probe(file)).packets.map((packet, index, all) =>
        packet.stream_index === 1 && index === all.length - 1 ? { ...packet, duration_time: '' } : packet,
      );
    expect(await timed(flat)).toEqual(await timed(copy));
    expect(await decoded(flat, 'v')).toEqual(await decoded(copy, 'v'));
  });
});

describe('the file that comes out', () => {
  it('has its index in front, nothing else, and no word about who made it', async () => {
    const flat = await flatten(await fragmented(CLIP));
    const boxes = allBoxes(flat);
    const outer = boxes.filter(({ type }) => ['ftyp', 'moov', 'mdat', 'free', 'moof', 'mfra'].includes(type));
    expect(outer.map(({ type }) => type)).toEqual(['ftyp', 'moov', 'mdat']);
    expect(boxes.map(({ type }) => type)).not.toContain('mvex');
    expect(boxes.map(({ type }) => type)).not.toContain('udta');
    const head = flat.toString('latin1', 0, boxes.find(({ type }) => type === 'mdat')!.start);
    expect(head).not.toMatch(/Lav[cf]|x264/);
  });

  it('keeps the sample data of the fragments as it is, in their order', async () => {
    const bytes = await fragmented(CLIP);
    const data = (of: Buffer) => allBoxes(of).filter(({ type }) => type === 'mdat');
    const fragments = data(bytes);
    expect(fragments.length).toBe(3);
    expect(data(await flatten(bytes))[0]!.body).toEqual(Buffer.concat(fragments.map(({ body }) => body)));
  });

  it('comes in pieces of at most 1 MiB, and is read in such', async () => {
    const noise = ['-vf', 'noise=alls=100:allf=t,scale=640x480', '-qp', '0'];
    const bytes = await fragmented({ ...CLIP, more: noise, keyEvery: 75 });
    expect(bytes.length).toBeGreaterThan(8 * 1024 * 1024);
    const source = sourceOf(bytes);
    let largest = 0;
    const watched = {
      size: source.size,
      read: (position: number, length: number) => {
        largest = Math.max(largest, length);
        return source.read(position, length);
      },
    };
    for await (const piece of flattenMp4(watched)) largest = Math.max(largest, piece.length);
    expect(largest).toBe(1024 * 1024);
  });
});

describe('a file that is not whole', () => {
  it('is refused before the first byte when it is cut off anywhere', async () => {
    const bytes = await fragmented(CLIP);
    const random = seeded(1);
    const edges = allBoxes(bytes).map(({ start }) => start);
    const places = Array.from({ length: 30 }, () => Math.floor(random() * bytes.length));
    for (const place of [...places, ...edges, bytes.length - 1]) {
      const cut = flattenMp4(sourceOf(bytes.subarray(0, place)));
      await expect(cut.next(), `cut off at ${place}`).rejects.toThrow(DamagedMp4);
    }
  });

  it('with one bit turned in an index gives an error or a file, and always ends', async () => {
    const bytes = await fragmented(CLIP);
    const indexes = allBoxes(bytes).filter(({ type }) => type === 'moov' || type === 'moof');
    const places = indexes.flatMap(({ start, body }) => Array.from({ length: body.length + 8 }, (_, at) => start + at));
    const random = seeded(2);
    let refused = 0;
    for (let flip = 0; flip < 1000; flip++) {
      const turned = Buffer.from(bytes);
      const place = places[Math.floor(random() * places.length)]!;
      turned[place]! ^= 1 << Math.floor(random() * 8);
      const outcome = await flatten(turned).catch((error: unknown) => error);
      if (outcome instanceof DamagedMp4) refused++;
      else expect((outcome as Buffer).length, `bit at ${place}`).toBeLessThan(bytes.length * 2);
    }
    expect(refused).toBeGreaterThan(300);
  });

  it('is refused when it is not in fragments, or when there is nothing in it', async () => {
    const flat = await flatten(await fragmented(CLIP));
    await expect(flatten(flat)).rejects.toThrow("'moov' has no 'mvex'");
    await expect(flatten(Buffer.alloc(0))).rejects.toThrow(DamagedMp4);
    await expect(flatten(Buffer.alloc(100_000))).rejects.toThrow(DamagedMp4);
  });
});
