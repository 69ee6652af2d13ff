import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, extname, isAbsolute, relative, sep } from 'node:path';
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
 * Looked at before anything is opened or read. In the vault's own folder nothing is written in the clear, and
 * nothing of the vault is written over.
 * @param root of the vault; undefined: it is about none
 * @param endings that it may have, such as `.pdf`
 * @throws AppFailure `output-folder-missing`, `output-not-writable`, `output-exists`, `paper-extension`
 */
export function requireTarget(
  root: string | undefined,
  { file, overwrite }: Omit<PaperWish, 'language'>,
  endings: readonly string[],
): void {
  const isFolder = (path: string) => existsSync(path) && statSync(path).isDirectory();
  if (!isFolder(dirname(file))) fail({ code: 'output-folder-missing' });
  if (!endings.includes(extname(file).toLowerCase())) fail({ code: 'paper-extension', endings });
  if (isFolder(file) || (root !== undefined && isBelow(root, dirname(file)))) fail({ code: 'output-not-writable' });
  if (existsSync(file) && !overwrite) fail({ code: 'output-exists' });
}

/** Whether a folder is another one, or lies in it, by whatever way it was named. */
function isBelow(root: string, folder: string): boolean {
  const way = relative(realpathSync(root), realpathSync(folder));
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}
