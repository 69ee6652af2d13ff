import { existsSync, statSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { fail } from '../core/errors.ts';

export interface PdfOptions {
  readonly out: string;
  readonly overwrite?: boolean;
}

/**
 * Where a letter or form may be written; nothing is written over unasked.
 * @returns its full name
 * @throws AppFailure `output-…`, `letter-invalid`
 */
export function pdfTarget({ out, overwrite }: PdfOptions): string {
  const file = resolve(out);
  const isFolder = (path: string) => existsSync(path) && statSync(path).isDirectory();
  if (!isFolder(dirname(file))) fail({ code: 'output-folder-missing' });
  if (extname(file).toLowerCase() !== '.pdf') fail({ code: 'letter-invalid', field: '--out (….pdf)' });
  if (isFolder(file)) fail({ code: 'output-not-writable' });
  if (existsSync(file) && overwrite !== true) fail({ code: 'output-exists' });
  return file;
}
