import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cuesInClip, parseSubtitles, withoutGaps, writeSubtitles, type Cue } from '../../core/subtitles/cue.ts';
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
    const at = (from: number, to: number) => cuesInClip([{ from, to, text: 'x' }], kept, rate);
    expect(at(1, 2)).toEqual([{ from: 1, to: 2, text: 'x' }]);
    expect(at(4.5, 7.5)).toEqual([]);
    expect(at(3.5, 9)).toEqual([{ from: 3.5, to: 5, text: 'x' }]);
    expect(at(13, 14)).toEqual([]);
  });

  it('stand one after the other in the track, with nothing in between', () => {
    fc.assert(
      fc.property(fc.array(cue, { minLength: 1, maxLength: 20 }), (list) => {
        const cues = [...list].sort((a, b) => a.from - b.from);
        const track = withoutGaps(cues);
        for (const [index, { from, to }] of track.entries()) {
          expect(to).toBeGreaterThan(from);
          if (index > 0) expect(from).toBe(track[index - 1]!.to);
        }
        const shown = (at: number) => track.find(({ from, to }) => at >= from && at < to)?.text;
        for (const { from } of cues)
          expect(cues.filter((each) => each.from === from).map(({ text }) => text)).toContain(shown(from));
      }),
    );
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
});
