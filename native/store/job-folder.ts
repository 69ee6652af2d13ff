import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { flush, hashFile } from './files.ts';
import { Lease } from './lease.ts';
import { z } from 'zod';
import { fail } from '../../core/errors.ts';
import type { Detection } from '../../core/geometry/detection.ts';

/**
 * What an interrupted job left behind, beside the clip it was to become: numbers and already masked
 * segments, never a picture of the original. Every line is on disk before the work it stands for
 * counts as done.
 */
const Line = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('job'), key: z.string() }),
  z.object({
    kind: z.literal('faces'),
    frame: z.number(),
    /** x, y, w, h, score of each face, one after the other. */
    faces: z.array(z.number()),
  }),
  z.object({ kind: z.literal('segment'), index: z.number(), key: z.string(), sha256: z.string() }),
]);
type Line = z.infer<typeof Line>;

const JOURNAL = 'journal.jsonl';
const LOCK = 'lock';
const FIELDS = 5;

export function jobFolderOf(output: string): string {
  return `${output}.werk`;
}

export class JobFolder {
  private readonly faces = new Map<number, readonly Detection[]>();
  private readonly segments = new Map<number, { key: string; sha256: string }>();
  private readonly journal: number;

  private constructor(
    readonly path: string,
    private readonly lease: Lease,
  ) {
    this.journal = openSync(join(path, JOURNAL), 'a');
  }

  /** Starts afresh; whatever an earlier job left here goes. @throws AppFailure `job-in-use` */
  static create(path: string, key: string): JobFolder {
    // Only a folder that a job made may be emptied.
    if (existsSync(path) && !existsSync(join(path, JOURNAL)) && !existsSync(join(path, LOCK)))
      fail({ code: 'output-exists' });
    mkdirSync(path, { recursive: true });
    const lease = Lease.take(join(path, LOCK)) ?? fail({ code: 'job-in-use' });
    try {
      for (const name of readdirSync(path)) if (name !== LOCK) rmSync(join(path, name), { recursive: true });
      const folder = new JobFolder(path, lease);
      folder.append({ kind: 'job', key });
      return folder;
    } catch (error) {
      lease.release();
      rmSync(path, { recursive: true, force: true });
      throw error;
    }
  }

  /** Goes on where an interrupted job stopped. @throws AppFailure when there is none, or it was another job */
  static resume(path: string, key: string): JobFolder {
    if (!existsSync(join(path, JOURNAL))) fail({ code: 'nothing-to-resume' });
    const lease = Lease.take(join(path, LOCK)) ?? fail({ code: 'job-in-use' });
    try {
      return JobFolder.reopen(path, key, lease);
    } catch (error) {
      lease.release();
      throw error;
    }
  }

  private static reopen(path: string, key: string, lease: Lease): JobFolder {
    const lines = readLines(readFileSync(join(path, JOURNAL), 'utf8'));
    const first = lines[0];
    if (first?.kind !== 'job') fail({ code: 'nothing-to-resume' });
    if (first.key !== key) fail({ code: 'job-other-settings' });
    // A torn last line is cut off by writing the good ones anew.
    const whole = join(path, `${JOURNAL}.new`);
    writeFileSync(whole, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    renameSync(whole, join(path, JOURNAL));
    const folder = new JobFolder(path, lease);
    for (const line of lines) folder.take(line);
    return folder;
  }

  private take(line: Line): void {
    if (line.kind === 'faces') this.faces.set(line.frame, unflatten(line.faces));
    if (line.kind === 'segment') this.segments.set(line.index, line);
  }

  private append(line: Line): void {
    writeSync(this.journal, `${JSON.stringify(line)}\n`);
    // Faces can be found again; a segment that is said to be there must be there.
    if (line.kind !== 'faces') fsyncSync(this.journal);
  }

  facesAt(frame: number): readonly Detection[] | undefined {
    return this.faces.get(frame);
  }

  rememberFaces(frame: number, faces: readonly Detection[]): void {
    const flat = faces.flatMap(({ x, y, w, h, score }) => [x, y, w, h, score]);
    this.append({ kind: 'faces', frame, faces: flat });
  }

  segmentPath(index: number): string {
    return join(this.path, `segment-${String(index).padStart(5, '0')}.mp4`);
  }

  /** True when this very segment is on disk, whole. */
  hasSegment(index: number, key: string): boolean {
    const known = this.segments.get(index);
    const path = this.segmentPath(index);
    return known?.key === key && existsSync(path) && hashFile(path) === known.sha256;
  }

  /** Makes a written segment count: flushed, named, then journalled. */
  commitSegment(index: number, key: string, written: string): void {
    flush(written);
    const sha256 = hashFile(written);
    renameSync(written, this.segmentPath(index));
    const line = { kind: 'segment', index, key, sha256 } as const;
    this.append(line);
    this.take(line);
  }

  close(): void {
    closeSync(this.journal);
    this.lease.release();
  }

  remove(): void {
    this.close();
    rmSync(this.path, { recursive: true, force: true });
  }
}

function readLines(text: string): Line[] {
  const lines: Line[] = [];
  for (const row of text.split('\n')) {
    let value: unknown;
    try {
      value = JSON.parse(row);
    } catch {
      break;
    }
    const parsed = Line.safeParse(value);
    if (!parsed.success) break;
    lines.push(parsed.data);
  }
  return lines;
}

function unflatten(flat: readonly number[]): Detection[] {
  const faces: Detection[] = [];
  for (let at = 0; at + FIELDS <= flat.length; at += FIELDS) {
    const [x = 0, y = 0, w = 0, h = 0, score = 0] = flat.slice(at, at + FIELDS);
    faces.push({ x, y, w, h, score });
  }
  return faces;
}
