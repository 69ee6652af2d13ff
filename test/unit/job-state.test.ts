import { expect, it } from 'vitest';
import { begun, type Ended, type Job } from '../../renderer/app/job-state.ts';

const job: Job = { id: 'job-2', what: 'analyse', dossier: 'd', step: undefined };
const ended = (id: string): Ended => ({ job: id, what: 'analyse', dossier: 'd', outcome: { code: 'disk-full' } });

it('a job that was told to have ended before the answer that it began has ended', () => {
  expect(begun(job, { job: undefined, ended: ended('job-2') })).toEqual({ job: undefined, ended: ended('job-2') });
});

it('a job that begins is under way, however the one before it ended', () => {
  for (const before of [undefined, ended('job-1')])
    expect(begun(job, { job: undefined, ended: before })).toEqual({ job, ended: undefined });
});
