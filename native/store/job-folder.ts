import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppFailure, fail } from '../../core/errors.ts';
import type { Detection } from '../../core/geometry/detection.ts';
import { Lease } from './lease.ts';
import { hashOf, type LineList, type Shelf } from './shelf.ts';

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

export class JobFolder {
  private readonly faces = new Map<number, readonly Detection[]>();
  private readonly segments = new Map<number, { key: string; sha256: string }>();

  private constructor(
    readonly shelf: Shelf,
    private readonly lease: Lease,
    private readonly journal: LineList,
  ) {}

  /** Starts afresh; whatever an earlier job left here goes. @throws AppFailure `job-in-use` */
  static create(shelf: Shelf, key: string): JobFolder {
    const { path } = shelf;
    // Only a folder that a job made may be emptied.
    if (existsSync(path) && readdirSync(path).length > 0 && !isJobFolder(path)) fail({ code: 'output-exists' });
    mkdirSync(path, { recursive: true });
    const lease = takeLease(path);
    try {
      for (const name of readdirSync(path))
        if (name !== LOCK) rmSync(join(path, name), { recursive: true, force: true });
      const folder = new JobFolder(shelf, lease, shelf.lines(JOURNAL).list);
      folder.append({ kind: 'job', key });
      return folder;
    } catch (error) {
      lease.release();
      rmSync(path, { recursive: true, force: true });
      throw error;
    }
  }

  /** Goes on where an interrupted job stopped. @throws AppFailure when there is none, or it was another job */
  static resume(shelf: Shelf, key: string): JobFolder {
    if (!shelf.has(JOURNAL)) fail({ code: 'nothing-to-resume' });
    const lease = Lease.take(join(shelf.path, LOCK)) ?? fail({ code: 'job-in-use' });
    try {
      return JobFolder.reopen(shelf, key, lease);
    } catch (error) {
      lease.release();
      throw error;
    }
  }

  /** Goes on with that very work, or starts afresh: whoever is at the desk asked for neither. */
  static resumeOrCreate(shelf: Shelf, key: string): JobFolder {
    try {
      return JobFolder.resume(shelf, key);
    } catch (error) {
      const other = error instanceof AppFailure && /^(nothing-to-resume|job-other-settings)$/.test(error.error.code);
      if (!other) throw error;
      return JobFolder.create(shelf, key);
    }
  }

  private static reopen(shelf: Shelf, key: string, lease: Lease): JobFolder {
    const journal = shelf.lines(JOURNAL);
    const lines = parseLines(journal.lines);
    const first = lines[0];
    if (first?.kind !== 'job') fail({ code: 'nothing-to-resume' });
    if (first.key !== key) fail({ code: 'job-other-settings' });
    const folder = new JobFolder(shelf, lease, journal.list);
    for (const line of lines) folder.take(line);
    return folder;
  }

  private take(line: Line): void {
    if (line.kind === 'faces') this.faces.set(line.frame, unflatten(line.faces));
    if (line.kind === 'segment') this.segments.set(line.index, line);
  }

  private append(line: Line): void {
    // After a long sleep of the machine someone else may be at it.
    if (line.kind !== 'faces') this.requireLease();
    // Faces can be found again; a segment that is said to be there must be there.
    this.journal.append(JSON.stringify(line), line.kind !== 'faces');
  }

  /** @throws AppFailure `job-in-use` when somebody else has it, after a long sleep of this machine */
  requireLease(): void {
    if (!this.lease.holds()) fail({ code: 'job-in-use' });
  }

  facesAt(frame: number): readonly Detection[] | undefined {
    return this.faces.get(frame);
  }

  rememberFaces(frame: number, faces: readonly Detection[]): void {
    const flat = faces.flatMap(({ x, y, w, h, score }) => [x, y, w, h, score]);
    this.append({ kind: 'faces', frame, faces: flat });
  }

  segmentName(index: number): string {
    return segmentName(index);
  }

  /** True when this very segment is on disk, whole. */
  async hasSegment(index: number, key: string): Promise<boolean> {
    const known = this.segments.get(index);
    const name = this.segmentName(index);
    return known?.key === key && this.shelf.has(name) && (await hashOf(this.shelf, name)) === known.sha256;
  }

  /** Makes a written segment count. @param sha256 of its bytes, which are on disk under its name */
  noteSegment(index: number, key: string, sha256: string): void {
    const line = { kind: 'segment', index, key, sha256 } as const;
    this.append(line);
    this.take(line);
  }

  close(): void {
    this.journal.close();
    this.lease.release();
  }

  /** What tells that a job was here goes last, so that a crash in between leaves a job folder, not a riddle. */
  remove(): void {
    // Taken over while this machine slept: what is there now is another job's.
    if (!this.lease.holds()) return this.close();
    this.journal.close();
    const { path } = this.shelf;
    for (const name of readdirSync(path))
      // A worker that was late to stop may take away what it had begun.
      if (name !== JOURNAL && name !== LOCK) rmSync(join(path, name), { recursive: true, force: true });
    rmSync(join(path, JOURNAL), { force: true });
    this.lease.release();
    rmdirSync(path);
  }
}

/** Of a segment of the clip, on the shelf. */
export function segmentName(index: number): string {
  return `segment-${String(index).padStart(5, '0')}.mp4`;
}

function isJobFolder(path: string): boolean {
  const names = readdirSync(path);
  // A lease that was about to be taken leaves a name of its own, when its process died over it.
  return names.includes(JOURNAL) || names.includes(LOCK) || names.every((name) => name.startsWith(`${LOCK}.`));
}

/** Leaves no empty folder behind where even a lease can't be written. */
function takeLease(path: string): Lease {
  try {
    return Lease.take(join(path, LOCK)) ?? fail({ code: 'job-in-use' });
  } catch (error) {
    if (readdirSync(path).length === 0) rmdirSync(path);
    throw error;
  }
}

/** Lines up to the first that is none. */
function parseLines(rows: readonly string[]): Line[] {
  const lines: Line[] = [];
  for (const row of rows) {
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
