import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clipWords,
  cuesInClip,
  NOTHING,
  parseSubtitles,
  plainText,
  withoutGaps,
  writeSubtitles,
  type Cue,
} from '../../core/subtitles/cue.ts';
import { possibleNames } from '../../core/subtitles/names.ts';

const VTT = `WEBVTT\n\nNOTE van mij\n\n00:01.000 --> 00:02.500 line:0\n<v Docent>Pak je boek.</v>\n\nkop\n01:00:03,000 --> 01:00:04.250\n{\\an8}Tweede\nregel &amp; meer\n`;
const rate = { num: 25, den: 1 };

describe('subtitles', () => {
  it('are read from SubRip and WebVTT: times and words, nothing else', () => {
    expect(parseSubtitles(VTT)).toEqual({
      ok: true,
      cues: [
        { from: 1, to: 2.5, text: 'Pak je boek.' },
        { from: 3603, to: 3604.25, text: 'Tweede\nregel & meer' },
      ],
    });
    expect(parseSubtitles('1\r\n00:00:01,000 --> 00:00:02,000\r\nHoi\r\n')).toMatchObject({ ok: true });
  });

  it.each([
    ['no cue at all', 'zomaar tekst', 0],
    ['a time that is none', '1\n00:00:01 --> 00:00:02,000\nHoi', 2],
    ['an end before its begin', '00:00:02,000 --> 00:00:01,000\nHoi', 1],
  ])('are refused with the line: %s', (_, file, line) => {
    expect(parseSubtitles(file)).toEqual({ ok: false, line });
  });

  const cue = fc
    .record({
      from: fc.nat(90_000),
      length: fc.integer({ min: 1, max: 9000 }),
      text: fc.constantFrom('een', 'twee\ndrie'),
    })
    .map(({ from, length, text }): Cue => ({ from: from / 1000, to: (from + length) / 1000, text }));

  it('come back from what is written as they were', () => {
    fc.assert(
      fc.property(fc.array(cue, { minLength: 1, maxLength: 20 }), (list) => {
        const cues = [...list].sort((a, b) => a.from - b.from);
        expect(parseSubtitles(writeSubtitles(cues))).toEqual({ ok: true, cues });
      }),
    );
  });

  it('go with their picture: words of what is cut are gone', () => {
    const kept = [
      { from: 0, to: 100 },
      { from: 200, to: 300 },
    ];
    const at = (from: number, to: number) => cuesInClip([{ from, to, text: 'x' }], { kept, rate, sourceFrames: 350 });
    expect(at(1, 2)).toEqual([{ from: 1, to: 2, text: 'x' }]);
    expect(at(4.5, 7.5)).toEqual([]);
    // Which of its words were said while it was cut, nobody knows.
    expect(at(0.5, 8.5)).toEqual([]);
    expect(at(1, 4.6)).toEqual([]);
    expect(at(3.5, 9)).toEqual([]);
    expect(at(3.9996, 8)).toEqual([]);
    expect(at(3.6, 4.5)).toEqual([]);
    expect(at(13, 14)).toEqual([]);
    // Cues stand longer than they are spoken; what they stand beyond the recording is nowhere to be cut.
    expect(at(1, 4.5)).toEqual([{ from: 1, to: 4, text: 'x' }]);
    const whole = { kept: [{ from: 0, to: 100 }], rate, sourceFrames: 100 };
    expect(cuesInClip([{ from: 3, to: 9, text: 'x' }], whole)).toEqual([{ from: 3, to: 4, text: 'x' }]);
    expect(cuesInClip([{ from: 5, to: 9, text: 'x' }], whole)).toEqual([]);
  });

  it('stand one after the other in the clip, whatever their order, and in the track with nothing in between', () => {
    fc.assert(
      fc.property(fc.array(cue, { minLength: 1, maxLength: 20 }), (list) => {
        const words = clipWords(list, { kept: [{ from: 0, to: 100_000 }], rate, sourceFrames: 100_000 });
        const shownAt = (at: number) => words.find(({ from, to }) => at >= from && at < to)?.text;
        for (const [index, { from, to }] of words.entries()) {
          expect(to).toBeGreaterThan(from);
          if (index > 0) expect(from).toBeGreaterThanOrEqual(words[index - 1]!.to);
        }
        // No word is lost: at its own moment each is there, alone or with those of the same moment.
        for (const { from, text } of list)
          expect(shownAt(from + 1e-4)?.split('\n')).toEqual(expect.arrayContaining(text.split('\n')));
        const track = withoutGaps(words, 6000);
        for (const [index, { from, to }] of track.entries()) {
          expect(from).toBe(track[index - 1]?.to ?? 0);
          expect(to - from).toBeLessThanOrEqual(1800 + 1e-9);
        }
        expect(track.at(-1)!.to).toBe(6000);
        expect(track.filter(({ text }) => text !== NOTHING)).toEqual(words);
      }),
    );
  });

  it('have a length as they are written, wherever they are cut', () => {
    const sliver = fc
      .tuple(fc.integer({ min: 0, max: 200_000 }), fc.integer({ min: 1, max: 30_000 }))
      .map(([from, length]): Cue => ({ from: from / 10_000, to: (from + length) / 10_000, text: 'x' }));
    const frames = fc
      .uniqueArray(fc.nat(600), { minLength: 2, maxLength: 9 })
      .map((all) => all.sort((a, b) => a - b))
      .map((all) => all.flatMap((from, at) => (at % 2 === 0 && all[at + 1] ? [{ from, to: all[at + 1]! }] : [])));
    fc.assert(
      fc.property(fc.array(sliver, { maxLength: 20 }), frames, (list, kept) => {
        const words = clipWords(list, { kept, rate: { num: 30_000, den: 1001 }, sourceFrames: 601 });
        const times = [...writeSubtitles(withoutGaps(words, 22)).matchAll(/(\S+) --> (\S+)/g)];
        for (const [index, [, from = '', to = '']] of times.entries()) {
          expect(from < to).toBe(true);
          if (index > 0) expect(from).toBe(times[index - 1]![2]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are the same when made plain twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        expect(plainText(plainText(text))).toBe(plainText(text));
        expect(plainText(text)).not.toMatch(/[{}\\]|\n\n|^\n|\n$/);
        expect(plainText(text).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
    );
  });

  it.each([
    ['later than any recording', '150:00:00,000 --> 150:00:01,000\nHoi', 1],
    ['more than a lesson has', `${'00:00:01.000 --> 00:00:02.000\nHoi\n\n'.repeat(20_001)}`, 60_001],
  ])('are refused before they are taken in: %s', (_, file, line) => {
    expect(parseSubtitles(file)).toEqual({ ok: false, line });
  });

  it('are searched for names', () => {
    const cues = [
      'Ja hoor, Fatima, kom maar.',
      'Breuken doen we met breuken.',
      "Noah's antwoord. Goed zo! In Nederland",
    ].map((text, index): Cue => ({ from: index, to: index + 1, text }));
    expect(possibleNames(cues, ['nederland'])).toEqual([
      { word: 'Fatima', at: 0 },
      { word: "Noah's", at: 2 },
    ]);
  });

  it.each([
    ['a name in the middle of a sentence', 'Kom maar, Fatima.', ['Fatima']],
    ['a word at the begin of a sentence', 'Goed. Breuk dus. "Breuk" zei ze: Breuk', []],
    ['a name that sentences often begin with', 'Kom maar, Wil. Vraag het aan Even of Dan.', ['Wil', 'Even', 'Dan']],
    ['such a name, called out', 'Wil, kom je? Dan gaan we. Wil je dat, Docent? Ja, en I do.', ['Wil']],
    ['the same at the begin of a line', 'Vraag het aan\nDan of Wil.', ['Dan', 'Wil']],
    ['the same in a cue that goes on', 'Vraag het aan|Wil of iemand anders. Wil je?', ['Wil']],
    [
      'beginnings behind marks',
      "'t Is goed. 'k Wil graag. [lacht] Ja. (zacht) Nee, hoor. >> Kom. ♪ Kom. Dat zei ze: 'Kom maar'",
      [],
    ],
    ['a letter that could not be read', '\uFFFDmer, kom je? Vraag het aan Jos\uFFFD.', ['\uFFFDmer', 'Jos\uFFFD']],
    [
      'a seat of the register, and one that it does not know',
      'Leerling 3 en leerling 47, leerling 30',
      ['leerling 47', 'leerling 30'],
    ],
    ['a seat that was cleared', 'Leerling 12 mag beginnen.', []],
  ])('are searched for names, also where somebody wrote them small elsewhere: %s', (_, text, wanted) => {
    const cues = [...text.split('|'), 'fatima en een breuk'].map((each, from): Cue => ({
      from,
      to: from + 1,
      text: each,
    }));
    expect(possibleNames(cues, ['leerling 12'], ['Leerling 3']).map(({ word }) => word)).toEqual(wanted);
    expect(possibleNames(cues, ['leerling 12']).some(({ word }) => /\d/.test(word))).toBe(false);
  });
});
