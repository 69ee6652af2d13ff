import { execFileSync } from 'node:child_process';

/** The real command line, built as a user runs it, and the weights from their package. */
export default function setup(): void {
  execFileSync(process.execPath, ['scripts/run.mjs', 'models/prepare.ts'], { stdio: 'inherit' });
  const bundle = "import('./scripts/run.mjs').then((run) => run.bundle('cli/main.ts'))";
  execFileSync(process.execPath, ['-e', bundle], { stdio: 'inherit' });
}
