import {
  accessSync,
  constants,
  existsSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
  rmSync,
} from 'node:fs';
import { dirname, extname, join, resolve, sep } from 'node:path';
import { Decisions } from '../core/decision/decisions.ts';
import { fail } from '../core/errors.ts';
import { jobFolderOf, rejectedName } from '../native/plain-place.ts';

/**
 * Refuses a target before any work is done on it. @returns its absolute path
 * @throws AppFailure an `output-…` code
 */
export function checkTarget(input: string, target: string, overwrite: boolean): string {
  const path = resolve(target);
  const extension = extname(path);
  if (extension.toLowerCase() !== '.mp4') fail({ code: 'output-extension', extension });
  const folder = dirname(path);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) fail({ code: 'output-folder-missing' });
  if (existsSync(path)) {
    if (existsSync(input) && realpathSync(path) === realpathSync(input)) fail({ code: 'output-is-input' });
    if (!statSync(path).isFile()) fail({ code: 'output-not-writable' });
    if (!overwrite) fail({ code: 'output-exists' });
  }
  // A rejected clip of an earlier try and the folder of an interrupted one may be replaced; not the recording.
  const source = resolve(input);
  if (source === rejectedName(path) || source.startsWith(jobFolderOf(path) + sep)) fail({ code: 'output-is-input' });
  checkWritable(folder);
  return path;
}

/** The same for what is written beside the clip. @param taken files that must not be replaced */
export function checkSideOutput(target: string, taken: readonly (string | undefined)[]): void {
  const path = resolve(target);
  const folder = dirname(path);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) fail({ code: 'output-folder-missing' });
  const real = (file: string) => (existsSync(file) ? realpathSync(file) : resolve(file));
  if (taken.some((file) => file !== undefined && file !== '' && real(file) === real(path)))
    fail({ code: 'output-is-input' });
  if (existsSync(path) && !statSync(path).isFile()) fail({ code: 'output-not-writable' });
  checkWritable(folder);
}

/** Access bits lie on network shares and for root; only writing tells. */
function checkWritable(folder: string): void {
  const trial = join(folder, `.onherkenbaar-${process.pid}`);
  try {
    accessSync(folder, constants.W_OK);
    writeFileSync(trial, '');
    rmSync(trial);
  } catch (error) {
    rmSync(trial, { force: true });
    const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
    fail({ code: full ? 'disk-full' : 'output-not-writable' });
  }
}

/** @throws AppFailure `decisions-missing`, `decisions-invalid` */
export function readDecisions(file: string): Decisions {
  if (!existsSync(file) || !statSync(file).isFile()) fail({ code: 'decisions-missing' });
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return fail({ code: 'decisions-invalid', where: 'JSON', problem: 'geen geldige JSON / not valid JSON' });
  }
  const parsed = Decisions.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return fail({
    code: 'decisions-invalid',
    where: issue?.path.join('.') || '(top)',
    problem: issue?.message ?? 'unknown',
  });
}
