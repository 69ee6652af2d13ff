import { defineConfig } from 'vitest/config';

/** Screens are looked at first, with nothing else going on; of the rest two files at a time keep both cores busy. */
const TOGETHER = { maxWorkers: 2, sequence: { groupOrder: 1 } };
const ALONE = { maxWorkers: 1, sequence: { groupOrder: 0 } };

const project = (name: string, slow: boolean) => ({
  test: {
    name,
    ...TOGETHER,
    include: [`test/${name}/**/*.test.ts`],
    // A machine that does other things as well is slow, not wrong.
    ...(slow
      ? { globalSetup: ['test/global-setup.ts'], testTimeout: 240_000, hookTimeout: 240_000 }
      : { testTimeout: 30_000 }),
  },
});

export default defineConfig({
  test: {
    projects: [
      project('unit', false),
      project('repo', false),
      project('media', true),
      project('faults', true),
      project('portals', true),
      {
        test: {
          name: 'e2e',
          ...ALONE,
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e-setup.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
