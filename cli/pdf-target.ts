import { resolve } from 'node:path';
import { requireTarget } from '../native/papers/target.ts';

export interface PdfOptions {
  readonly out: string;
  readonly overwrite?: boolean;
}

/**
 * Where a letter or form may be written; nothing is written over unasked.
 * @param vault its folder, in which nothing is written in the clear @returns the file's full name
 * @throws AppFailure `output-…`, `paper-extension`
 */
export function pdfTarget({ out, overwrite }: PdfOptions, vault?: string): string {
  const file = resolve(out);
  requireTarget(vault, { file, overwrite: overwrite === true }, ['.pdf']);
  return file;
}
