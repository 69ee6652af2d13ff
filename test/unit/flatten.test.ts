import { describe, expect, it } from 'vitest';
import { box, fullBox, uint32s } from '../../native/mp4/boxes.ts';
import { flattenMp4 } from '../../native/mp4/flatten.ts';
import type { ByteSource } from '../../native/store/byte-source.ts';
import { sparseFilm, type Film } from '../fixtures/fragments-by-hand.ts';

const GIB = 2 ** 30;

/** The index of what comes out: its first piece, which is all that is asked for. */
async function headOf(source: ByteSource): Promise<Buffer> {
  const pieces = flattenMp4(source);
  const { value } = await pieces.next();
  await pieces.return(undefined);
  return Buffer.from(value as Uint8Array);
}

/** Body of the first box of a type, found by its name; undefined when there is none. */
function bodyOf(head: Buffer, type: string): Buffer | undefined {
  const at = head.indexOf(type, 0, 'latin1');
  return at < 0 ? undefined : head.subarray(at + 4, at - 4 + head.readUInt32BE(at - 4));
}

const numbers = (body: Buffer | undefined) =>
  Array.from({ length: Math.floor(body!.length / 4) }, (_, at) => body!.readUInt32BE(at * 4));

describe('chunk offsets', () => {
  it('have 32 bits as long as the file is smaller than 4 GiB', async () => {
    const head = await headOf(sparseFilm({ fragments: [{ sizes: [GIB, GIB] }, { sizes: [GIB] }] }));
    expect(numbers(bodyOf(head, 'stco'))).toEqual([0, 2, head.length, head.length + 2 * GIB]);
    expect(bodyOf(head, 'co64')).toBeUndefined();
    expect(head.readUInt32BE(head.length - 8)).toBe(3 * GIB + 8);
  });

  it('have 64 bits in a larger file, and so has the size of its sample data', async () => {
    const fragments = [{ sizes: [GIB, GIB] }, { sizes: [3 * GIB] }, { sizes: [5] }];
    const head = await headOf(sparseFilm({ fragments }));
    const body = bodyOf(head, 'co64')!;
    const read = [0, 1, 2].map((chunk) => Number(body.readBigUInt64BE(8 + chunk * 8)));
    expect(read).toEqual([head.length, head.length + 2 * GIB, head.length + 5 * GIB]);
    expect(bodyOf(head, 'stco')).toBeUndefined();
    expect(head.toString('latin1', head.length - 12, head.length - 8)).toBe('mdat');
    expect(head.readUInt32BE(head.length - 16)).toBe(1);
    expect(Number(head.readBigUInt64BE(head.length - 8))).toBe(5 * GIB + 5 + 16);
  });

  it('change over when the index pushes the sample data past 4 GiB', async () => {
    const film = (last: number) => sparseFilm({ fragments: [{ sizes: [2 ** 31] }, { sizes: [2 ** 31 - 8192, last] }] });
    const { length } = await headOf(film(1));
    const room = 8192 - length - 1;
    expect(bodyOf(await headOf(film(room)), 'stco')).toBeDefined();
    expect(bodyOf(await headOf(film(room + 1)), 'stco')).toBeUndefined();
    expect(bodyOf(await headOf(film(room + 1)), 'co64')).toBeDefined();
  });
});

describe('an index that ffmpeg seldom writes', () => {
  it('has 64-bit durations where 32 bits are too few', async () => {
    const film: Film = { fragments: [{ sizes: [1, 1] }], movieTimescale: 90_000, timescale: 25, duration: 2 ** 20 };
    const head = await headOf(sparseFilm(film));
    const mvhd = bodyOf(head, 'mvhd')!;
    expect(mvhd.readUInt8(0)).toBe(1);
    expect(Number(mvhd.readBigUInt64BE(24))).toBe((2 ** 21 * 90_000) / 25);
    expect(bodyOf(head, 'mdhd')!.readUInt8(0)).toBe(0);
    expect(numbers(bodyOf(head, 'mdhd'))[4]).toBe(2 ** 21);
  });

  it('has composition offsets below zero in a ctts of version 1', async () => {
    const head = await headOf(sparseFilm({ fragments: [{ sizes: [1, 2, 3], offsets: [0, 2, -1] }] }));
    const ctts = bodyOf(head, 'ctts')!;
    expect(ctts.readUInt8(0)).toBe(1);
    expect(numbers(ctts).slice(1)).toEqual([3, 1, 0, 1, 2, 1, 2 ** 32 - 1]);
  });

  it('gives the time between two fragments to the last sample of the first', async () => {
    const fragments = [{ sizes: [1, 1] }, { sizes: [1, 1], decodeTime: 7 }, { sizes: [1], decodeTime: 9 }];
    const head = await headOf(sparseFilm({ fragments }));
    expect(numbers(bodyOf(head, 'stts')).slice(1)).toEqual([3, 1, 1, 1, 6, 3, 1]);
    expect(numbers(bodyOf(head, 'stsc')).slice(1)).toEqual([2, 1, 2, 1, 3, 1, 1]);
    expect(numbers(bodyOf(head, 'stsz'))).toEqual([0, 1, 5]);
  });
});

describe('a damaged index is refused with what is wrong', () => {
  const whole = { sizes: [10, 20] };
  it.each<[string, Film]>([
    ['a track has no samples', { fragments: [] }],
    ['fragment 2 says it is number 3', { fragments: [whole, { ...whole, sequence: 3 }] }],
    ['a fragment is of the unknown track 2', { fragments: [{ ...whole, track: 2 }] }],
    ['the data of fragment 1 is not where its runs end', { fragments: [{ ...whole, dataOffset: 90 }] }],
    ['fragment 1 describes 30 of 31 bytes', { fragments: [{ ...whole, dataBytes: 31 }] }],
    ['fragment 1 describes more data than it has', { fragments: [{ ...whole, dataBytes: 29 }] }],
    ["'trun' has 4294967295 samples", { fragments: [{ ...whole, samples: 2 ** 32 - 1 }] }],
    ["'trun' is too short", { fragments: [{ ...whole, samples: 3, dataBytes: 100 }] }],
    ["'trun' has 8 bytes too many", { fragments: [{ ...whole, samples: 1 }] }],
    ['a sample is empty', { fragments: [{ sizes: [10, 0] }] }],
    ['a track begins at 5 instead of at zero', { fragments: [{ ...whole, decodeTime: 5 }] }],
    ['decoding times jump by -1', { fragments: [whole, { ...whole, decodeTime: 0 }] }],
    ['decoding times jump by 0', { fragments: [whole], duration: 0 }],
    ["'tfdt' holds an impossible number", { fragments: [{ ...whole, decodeTime: 2 ** 60 }] }],
    ["a track is of the kind 'text'", { fragments: [whole], handler: 'text' }],
    ['the film has no time scale', { fragments: [whole], movieTimescale: 0 }],
    ["the file goes on behind 'mfra'", { fragments: [whole], end: [...box('mfra'), ...box('free')] }],
    ["'mfra' does not end the file", { fragments: [whole], end: box('mfra', ...fullBox('mfro', 0, 0, uint32s(7))) }],
    ['is not part of a fragment', { fragments: [whole], end: box('free', uint32s(0)) }],
    ['has the impossible size 0', { fragments: [whole], end: [uint32s(0, 0)] }],
    ['goes on past the end of the file', { fragments: [whole], end: [uint32s(1000, 0)] }],
    ['before it is complete', { fragments: [whole], end: [] }],
  ])('%s', async (problem, film) => {
    await expect(headOf(sparseFilm(film))).rejects.toThrow(problem);
  });

  it('and so is a source that gives less than is asked of it', async () => {
    const source = sparseFilm({ fragments: [{ sizes: [10_000] }] });
    const short = {
      size: source.size,
      read: async (position: number, length: number) => (await source.read(position, length)).subarray(0, 1000),
    };
    const pieces = flattenMp4(short);
    await pieces.next();
    await expect(pieces.next()).rejects.toThrow('instead of 10000');
  });

  it('and an error of the source comes through as it is', async () => {
    const source = { size: 1000, read: () => Promise.reject(new Error('wrong key')) };
    await expect(flattenMp4(source).next()).rejects.toThrow('wrong key');
  });
});
