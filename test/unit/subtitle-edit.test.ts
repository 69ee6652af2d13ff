import { describe, expect, it } from 'vitest';
import { Decisions, NO_DECISIONS } from '../../core/decision/decisions.ts';
import { allowWord, putCue, putCues, removeCue, replaceWord } from '../../core/decision/subtitle-edit.ts';
import { namesIn, refuseNames } from '../../core/subtitles/refuse-names.ts';

const cue = (from: number, text: string) => ({ from, to: from + 1, text });
const typed = (...texts: string[]): Decisions =>
  texts.reduce((decisions, text, index) => putCue(cue(texts.length - index, text))(decisions), NO_DECISIONS);
const words = ({ subtitles }: Decisions) => namesIn(subtitles).map(({ word }) => word);

describe('words that go along', () => {
  it('stand by rising time, and those of one moment take the place of what stood there', () => {
    const decisions = putCue(cue(2, 'anders'))(typed('later', 'eerder'));
    expect(decisions.subtitles.cues.map(({ text }) => text)).toEqual(['eerder', 'anders']);
    expect(removeCue(0)(decisions).subtitles.cues.map(({ text }) => text)).toEqual(['anders']);
    expect(putCues([cue(9, 'b'), cue(8, 'a')])(decisions).subtitles.cues.map(({ text }) => text)).toEqual(['a', 'b']);
  });

  it('are no longer names once each was replaced, in any form, or cleared', () => {
    const before = typed('Ja Roosmarijn, zeg maar.', 'Roosmarijn? Roosmarijns boek. In Nederland.');
    expect(words(before)).toEqual(['Roosmarijn', 'Roosmarijns', 'Nederland']);
    const replaced = replaceWord('Roosmarijns', 'Leerling 3')(replaceWord('Roosmarijn', 'Leerling 3')(before));
    expect(replaced.subtitles.cues.map(({ text }) => text)).toEqual([
      'Leerling 3? Leerling 3 boek. In Nederland.',
      'Ja Leerling 3, zeg maar.',
    ]);
    expect(words(allowWord('Nederland')(replaced))).toEqual([]);
  });

  it('replace whole words and what stands for itself', () => {
    const before = typed('Ann en Anna (Ann).');
    expect(replaceWord('Ann', '$&')(before).subtitles.cues[0]!.text).toBe('$& en Anna ($&).');
  });

  it('may call a pupil as the register does, and refuse all else', () => {
    const { subtitles } = typed('Leerling 3 vraagt het aan Fatima.');
    expect(() => refuseNames(subtitles)).toThrow(
      expect.objectContaining({ error: { code: 'subtitles-names', names: [{ word: 'Fatima', at: 1 }] } }),
    );
    expect(() => refuseNames(replaceWord('Fatima', 'Leerling 4')(typed('Fatima.')).subtitles)).not.toThrow();
  });

  it('are as they will be shown from the moment they are typed: nothing is taken for styling later on', () => {
    const odd = 'a < b {\\an8}\u202ec\r\n\r\n  9\u0007 --> 3\n';
    const decisions = typed(odd);
    expect(decisions.subtitles.cues[0]!.text).toBe('a < b (/an8)c\n9 --> 3');
    expect(Decisions.parse(JSON.parse(JSON.stringify(decisions)))).toEqual(decisions);
    expect(Decisions.safeParse({ ...decisions, subtitles: { cues: [cue(1, odd)], harmless: [] } }).success).toBe(false);
    expect(putCue(cue(1, ' \n{'.trim()))(NO_DECISIONS).subtitles.cues).toEqual([cue(1, '(')]);
    expect(putCue(cue(1, ' \n '))(NO_DECISIONS)).toBe(NO_DECISIONS);
  });

  it('stay what can be kept when a replacement would not fit, or a word is none', () => {
    const long = typed(`Noor ${'x'.repeat(490)}`);
    expect(replaceWord('Noor', 'Leerling 1234')(long).subtitles).toEqual(long.subtitles);
    expect(allowWord('N'.repeat(61))(long).subtitles.harmless).toEqual([]);
  });
});
