import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = resolve('.');
const folder = mkdtempSync(join(tmpdir(), 'onherkenbaar-house-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A tiny house with one file that breaks one rule, judged by the project's own configuration. */
function violations(name: string, files: Record<string, string>): string[] {
  const house = join(folder, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), text);
  }
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
  const settings: object = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  writeFileSync(join(house, 'tsconfig.json'), JSON.stringify({ ...settings, include: ['.'], exclude: [] }));
  const tool = join(root, 'node_modules', '.bin', 'depcruise');
  const places = [...new Set(Object.keys(files).map((path) => path.split('/')[0] ?? ''))];
  let text: string;
  try {
    const options = ['--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json'];
    text = execFileSync(tool, [...options, ...places], {
      cwd: house,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    // Exits with the number of violations; the report is still on stdout.
    text = typeof error === 'object' && error !== null && 'stdout' in error ? String(error.stdout) : '';
  }
  const report: { summary: { violations: { rule: { name: string } }[] } } = JSON.parse(text);
  return report.summary.violations.map(({ rule }) => rule.name);
}

const used = "import './b.ts';\n";

describe('each rule of the house is broken on purpose, and caught', () => {
  it.each<[string, Record<string, string>]>([
    ['core-is-pure', { 'core/a.ts': "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n" }],
    ['core-is-pure', { 'core/a.ts': "import '../native/b.ts';\n", 'native/b.ts': 'export {};\n' }],
    ['one-spawn', { 'native/a.ts': "import { spawn } from 'node:child_process';\nexport const a = spawn;\n" }],
    ['one-engine', { 'native/a.ts': "import { Tensor } from 'onnxruntime-node';\nexport const a = Tensor;\n" }],
    ['no-network', { 'native/a.ts': "import { request } from 'node:https';\nexport const a = request;\n" }],
    ['no-network', { 'native/a.ts': "import { request } from 'undici';\nexport const a = request;\n" }],
    ['one-line-out', { 'portals/x/a.ts': "import { request } from 'undici';\nexport const a = request;\n" }],
    ['one-queue', { 'cli/a.ts': "import { Queue } from 'bullmq';\nexport const a = Queue;\n" }],
    ['one-queue', { 'native/a.ts': "export const a = () => import('ioredis');\n" }],
    ['queue-by-choice', { 'electron/host/a.ts': "import '../../workers/b.ts';\n", 'workers/b.ts': 'export {};\n' }],
    [
      'queue-by-choice',
      { 'native/a.ts': "export const a = () => import('../workers/b.ts');\n", 'workers/b.ts': 'export {};\n' },
    ],
    ['workers-on-native', { 'workers/a.ts': "import '../portals/b.ts';\n", 'portals/b.ts': 'export {};\n' }],
    ['no-network', { 'workers/a.ts': "import { connect } from 'node:tls';\nexport const a = connect;\n" }],
    ['native-below-cli', { 'native/a.ts': "import '../cli/b.ts';\n", 'cli/b.ts': 'export {};\n' }],
    ['native-below-cli', { 'native/a.ts': "import '../portals/b.ts';\n", 'portals/b.ts': 'export {};\n' }],
    ['portals-apart', { 'portals/a.ts': "import '../native/b.ts';\n", 'native/b.ts': 'export {};\n' }],
    ['models-below-native', { 'models/a.ts': "import '../native/b.ts';\n", 'native/b.ts': 'export {};\n' }],
    ['no-test-in-product', { 'cli/a.ts': "import '../test/b.ts';\n", 'test/b.ts': 'export {};\n' }],
    ['pipeline-on-top', { 'core/plan/a.ts': "import '../pipeline/b.ts';\n", 'core/pipeline/b.ts': 'export {};\n' }],
    ['words-on-core', { 'words/a.ts': "import '../native/b.ts';\n", 'native/b.ts': 'export {};\n' }],
    ['window-sees-core', { 'renderer/a.ts': "import '../native/b.ts';\n", 'native/b.ts': 'export {};\n' }],
    ['window-sees-core', { 'renderer/a.ts': "import '../electron/b.ts';\n", 'electron/b.ts': 'export {};\n' }],
    ['window-sees-core', { 'renderer/a.ts': "import { join } from 'node:path';\nexport const a = join;\n" }],
    ['contract-is-pure', { 'electron/ipc/a.ts': "import '../b.ts';\n", 'electron/b.ts': 'export {};\n' }],
    [
      'screens-apart',
      { 'renderer/screens/x/a.ts': "import '../y/b.ts';\n", 'renderer/screens/y/b.ts': 'export {};\n' },
    ],
    ['shell-only-relays', { 'electron/a.ts': "import '../native/b.ts';\n", 'native/b.ts': 'export {};\n' }],
    ['no-cycles', { 'core/a.ts': used, 'core/b.ts': "import './a.ts';\n" }],
    ['no-orphans', { 'core/alone.ts': 'export const alone = 1;\n' }],
    ['no-utils', { 'core/a.ts': "import './utils/b.ts';\n", 'core/utils/b.ts': 'export {};\n' }],
  ])('%s', (rule, files) => {
    const name = `${rule}-${createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 8)}`;
    expect(violations(name, files)).toContain(rule);
  });
});
