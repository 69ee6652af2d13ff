import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fail } from '../../core/errors.ts';
import { LetterFields, letterOf, type LetterKind } from '../../core/register/letters.ts';
import { letterVersion, writeLetterPdf } from '../../native/register/letter-pdf.ts';
import type { Context } from '../context.ts';
import { pdfTarget, type PdfOptions } from '../pdf-target.ts';
import { registerTexts } from '../words/register-texts.ts';

export interface LetterOptions extends PdfOptions {
  readonly kind: LetterKind;
}

/** Makes a printable of the fields of a school's profile; needs no vault, as it says nothing about pupils. */
export async function writeLetter(fields: string, options: LetterOptions, context: Context): Promise<void> {
  const letter = letterOf(options.kind, readFields(fields));
  if (resolve(options.out) === resolve(fields)) fail({ code: 'output-is-input' });
  const file = pdfTarget(options);
  await writeLetterPdf(letter, file);
  const version = letterVersion(letter);
  if (context.asJson) context.output.json({ event: 'letter', kind: letter.kind, file, version });
  else context.output.say(registerTexts(context.language).letter(options.out, version.slice(0, 16)));
}

/** @throws AppFailure `letter-missing`, `letter-invalid` */
function readFields(file: string): LetterFields {
  if (!existsSync(file) || !statSync(file).isFile()) fail({ code: 'letter-missing' });
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return fail({ code: 'letter-invalid', field: 'JSON' });
  }
  const parsed = LetterFields.safeParse(value);
  return parsed.data ?? fail({ code: 'letter-invalid', field: parsed.error.issues[0]?.path.join('.') || 'JSON' });
}
