import { execFileSync } from 'node:child_process';
import { startDisplay, stopDisplay } from './fixtures/app.ts';

/** The real app, built as it is packaged, and a screen for it. */
export default async function setup(): Promise<() => void> {
  execFileSync(process.execPath, ['scripts/run.mjs', 'models/prepare.ts'], { stdio: 'inherit' });
  execFileSync(process.execPath, ['scripts/build-app.mjs'], { stdio: 'inherit' });
  await startDisplay();
  return stopDisplay;
}
