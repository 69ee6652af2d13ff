import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { possibleNames } from '../../core/subtitles/names.ts';
import { readSubtitles } from '../../native/subtitle-file.ts';
import { workFolder } from '../fixtures/product.ts';

const folder = workFolder();
afterAll(() => folder.remove());

const SAID = 'Ömer, kom je? Vraag het aan Šejla en Željko, zo’n ding… ja.';
const TEXT = `1\n00:00:01,000 --> 00:00:02,000\n${SAID}\n`;
const WINDOWS: Readonly<Record<string, number>> = { Š: 0x8a, Ž: 0x8e, '’': 0x92, '…': 0x85 };
const windows = (text: string) => Buffer.from([...text].map((char) => WINDOWS[char] ?? char.charCodeAt(0)));
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');

it.each([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${TEXT}`)],
  ['Windows-1252', windows(TEXT)],
  ['UTF-16, little end first', utf16(TEXT)],
  ['UTF-16, big end first', utf16(TEXT).swap16()],
])('a file of subtitles in %s is read as it was meant, with its names', (name, bytes) => {
  const file = join(folder.path, `${name}.srt`);
  writeFileSync(file, bytes);
  const cues = readSubtitles(file);
  expect(cues).toEqual([{ from: 1, to: 2, text: SAID }]);
  expect(possibleNames(cues, []).map(({ word }) => word)).toEqual(['Ömer', 'Šejla', 'Željko']);
});
