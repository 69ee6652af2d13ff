import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SPEECH_MODEL } from '../../models/speech.ts';
import { MANIFEST } from '../../models/store.ts';

const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(file));
const text = (file: string) => readFileSync(file, 'utf8');
const packageJson: {
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
} = JSON.parse(text('package.json'));

describe('the repository', () => {
  it('holds no weights, footage or keys', () => {
    const strays = tracked.filter((file) => /\.(onnx|mp4|mov|mkv|wav|jpe?g|pem|key)$/i.test(file));
    expect(strays).toEqual([]);
  });

  it('has no source file over 300 lines', () => {
    const sources = tracked.filter((file) => /\.(ts|mts|mjs|tsx)$/.test(file));
    expect(sources.filter((file) => text(file).split('\n').length > 301)).toEqual([]);
  });

  it('names every dependency, with a reason, in docs/dependencies.md', () => {
    const page = text('docs/dependencies.md');
    const names = Object.keys({
      ...packageJson.dependencies,
      ...packageJson.devDependencies,
      ...packageJson.optionalDependencies,
    });
    expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it('has a map in the README whose every place exists', () => {
    const readme = text('README.md');
    const places = [...readme.matchAll(/^\| `([a-z][\w./-]*)` +\|/gm)].map(([, place = '']) => place);
    expect(places.length).toBeGreaterThan(8);
    expect(places.filter((place) => !existsSync(place))).toEqual([]);
  });

  it('calls only scripts that exist in README and .ci/run', () => {
    const named = [text('README.md'), text('.ci/run')].flatMap((page) =>
      [...page.matchAll(/npm run (?:-s )?([\w:]+)/g)].map(([, name = '']) => name),
    );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !(name in packageJson.scripts))).toEqual([]);
  });

  it('links only to pages that exist', () => {
    const pages = tracked.filter((file) => file.endsWith('.md'));
    const dead = pages.flatMap((page) =>
      [...text(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
        .map(([, target = '']) => join(page, '..', target))
        .filter((target) => !existsSync(target)),
    );
    expect(dead).toEqual([]);
  });

  it('shows footage in one place alone, which lays the mark of who looks over it (S6)', () => {
    const players = tracked.filter((file) => file.startsWith('renderer/') && /<video\b/.test(text(file)));
    expect(players).toEqual(['renderer/ui/footage.tsx']);
    expect(text('renderer/ui/footage.tsx')).toContain('<Watermark');
  });

  it('has a card for every model, which tells licence and source', () => {
    for (const { card, licence } of [...MANIFEST, SPEECH_MODEL]) {
      const page = text(join('models', card));
      expect(page).toContain(licence === 'MIT' ? 'MIT' : 'non-commercial');
      expect(page).toMatch(/sha256/i);
    }
  });
});
