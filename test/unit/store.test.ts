import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { loadEntry, preparedPath, sha256, type ManifestEntry } from '../../models/store.ts';

const bytes = Uint8Array.from([1, 2, 3]);
const entry: ManifestEntry = {
  name: `test-${process.pid}`,
  kind: 'faceboxes',
  card: 'faceboxes.md',
  source: { type: 'npm', package: 'none', version: '0', file: 'none' },
  sha256: sha256(bytes),
  licence: 'MIT',
};

afterEach(() => rmSync(preparedPath(entry.name), { force: true }));

it('weights that changed after set-up are refused, and so is what is no network', () => {
  mkdirSync(dirname(preparedPath(entry.name)), { recursive: true });
  writeFileSync(preparedPath(entry.name), Uint8Array.from([1, 2, 4]));
  expect(() => loadEntry(entry)).toThrow('model-changed');
  writeFileSync(preparedPath(entry.name), bytes);
  expect(() => loadEntry(entry)).toThrow('model-unknown');
});
