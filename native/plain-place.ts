import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { JobPlace } from './job.ts';
import { commitFile } from './store/files.ts';
import { PlainShelf } from './store/plain-shelf.ts';

/** In the name of a clip that did not pass, so that nobody takes it for a result. */
const REJECTED = 'AFGEKEURD-NIET-DELEN';

export function rejectedName(output: string): string {
  return output.replace(/(\.[^./\\]+)$/, `.${REJECTED}$1`);
}

export function jobFolderOf(output: string): string {
  return `${output}.werk`;
}

/** For a clip that the user wants as an ordinary file: work goes on in a folder beside it. */
export function plainPlace(output: string, clip: string): JobPlace {
  const shelf = new PlainShelf(jobFolderOf(output));
  const made = join(shelf.path, clip);
  return {
    shelf,
    accept() {
      commitFile(made, output);
      rmSync(rejectedName(output), { force: true });
    },
    reject: () => renameSync(made, rejectedName(output)),
  };
}
