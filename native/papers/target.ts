import { existsSync, statSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { fail } from '../../core/errors.ts';
import type { PaperLanguage } from '../../core/papers/paper.ts';

/** Where a paper goes, and in which language. */
export interface PaperWish {
  /** Absolute. */
  readonly file: string;
  readonly language: PaperLanguage;
  readonly overwrite: boolean;
}

/**
 * Looked at before anything is opened or read.
 * @param endings that it may have, such as `.pdf`
 * @throws AppFailure `output-folder-missing`, `output-not-writable`, `output-exists`, `paper-extension`
 */
export function requireTarget({ file, overwrite }: PaperWish, endings: readonly string[]): void {
  const isFolder = (path: string) => existsSync(path) && statSync(path).isDirectory();
  if (!isFolder(dirname(file))) fail({ code: 'output-folder-missing' });
  if (!endings.includes(extname(file).toLowerCase())) fail({ code: 'paper-extension', endings });
  if (isFolder(file)) fail({ code: 'output-not-writable' });
  if (existsSync(file) && !overwrite) fail({ code: 'output-exists' });
}
