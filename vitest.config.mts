import { defineConfig } from 'vitest/config';

/** What comes about, comes about; a busy machine takes longer than the second that vitest gives it. */
const POLL = { poll: { timeout: 20_000 } };

const project = (name: string, slow: boolean) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    setupFiles: ['test/seed.ts'],
    // A machine that does other things as well is slow, not wrong.
    ...(slow
      ? { globalSetup: ['test/global-setup.ts'], testTimeout: 240_000, hookTimeout: 480_000, expect: POLL }
      : { testTimeout: 30_000 }),
  },
});

export default defineConfig({
  test: {
    // ffmpeg and the network already use every core; files at the same time only wait for each other.
    fileParallelism: false,
    projects: [
      project('unit', false),
      project('repo', false),
      project('media', true),
      project('faults', true),
      project('portals', true),
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e-setup.ts'],
          testTimeout: 240_000,
          hookTimeout: 480_000,
          expect: POLL,
        },
      },
    ],
  },
});
