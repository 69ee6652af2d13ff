import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { JobFolder } from '../../native/store/job-folder.ts';
import { PlainShelf } from '../../native/store/plain-shelf.ts';
import { workFolder } from '../fixtures/product.ts';

const folder = workFolder();
afterAll(() => folder.remove());

const shelfOf = (name: string) => new PlainShelf(join(folder.path, name));

describe('the folder of a job', () => {
  it('is left alone, and not written to, by one whose place was taken over', () => {
    const shelf = shelfOf('overgenomen');
    const job = JobFolder.create(shelf, 'a');
    writeFileSync(join(shelf.path, 'lock'), JSON.stringify({ token: 'x', host: 'elders', pid: 1 }));
    writeFileSync(join(shelf.path, 'segment-00000.mp4'), 'van een ander');
    expect(() => job.noteSegment(0, 'sleutel', '00')).toThrow('job-in-use');
    job.remove();
    expect(existsSync(join(shelf.path, 'segment-00000.mp4'))).toBe(true);
    expect(existsSync(join(shelf.path, 'journal.jsonl'))).toBe(true);
  });

  it('goes whole at the end, and is no obstacle when it is empty', () => {
    const shelf = shelfOf('leeg');
    mkdirSync(shelf.path);
    JobFolder.create(shelf, 'a').remove();
    expect(existsSync(shelf.path)).toBe(false);
  });

  it('is made of one in which a process died before it held the lease', () => {
    const shelf = shelfOf('voortijdig');
    mkdirSync(shelf.path);
    writeFileSync(join(shelf.path, 'lock.0d7c'), '{"token":');
    JobFolder.create(shelf, 'a').remove();
    expect(existsSync(shelf.path)).toBe(false);
  });

  it('is not made of a folder that is somebody else’s', () => {
    const shelf = shelfOf('andermans');
    mkdirSync(shelf.path);
    writeFileSync(join(shelf.path, 'werkstuk.txt'), 'niet van ons');
    expect(() => JobFolder.create(shelf, 'a')).toThrow('output-exists');
    expect(existsSync(join(shelf.path, 'werkstuk.txt'))).toBe(true);
  });
});
