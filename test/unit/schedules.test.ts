import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scheduleText, SCHEDULES } from '../../cli/schedules.ts';
import { keepingTexts } from '../../cli/words/keeping-texts.ts';

/** Everything that a shell, an XML reader or a unit file could take for something else. */
const NASTY = [
  ...[
    '/srv/School share/kluis 2V',
    `/srv/d'Artagnan`,
    '/srv/100% "les" & <meer>',
    '/srv/$HOME/`id`/\\n',
    'C:\\School map\\',
  ],
  '/srv/--twee--',
];
const SHOW = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))';
const words = keepingTexts('nl').schedule;
const command = [process.execPath, '-e', SHOW, ...NASTY];

describe('a schedule', () => {
  it('for cron runs exactly these words, as /bin/sh takes them', () => {
    const text = scheduleText('cron', command, words);
    const line = text.split('\n').find((each) => /^\d/.test(each)) ?? '';
    // cron itself: the first bare % ends the command, an escaped one is a %.
    expect(/(^|[^\\])%/.test(line)).toBe(false);
    const run = line.split(' ').slice(5).join(' ').replace(/\\%/g, '%');
    expect(JSON.parse(execFileSync('/bin/sh', ['-c', run], { encoding: 'utf8' }))).toEqual(NASTY);
    expect(line.startsWith('30 7 * * * ')).toBe(true);
  });

  it('for systemd is a unit that systemd takes, and that holds exactly these words', (context) => {
    const text = scheduleText('systemd', command, words);
    const [service = ''] = text.slice(text.indexOf('[Unit]')).split('# /etc/systemd/system/onherkenbaar-daily.timer');
    const exec = /^ExecStart=:(.*)$/m.exec(service)?.[1] ?? '';
    const read = [...exec.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word = '']) =>
      word.replace(/\\(.)/g, '$1').replace(/%%/g, '%'),
    );
    expect(read).toEqual(command);
    // A bare % begins a specifier.
    expect(exec.replace(/%%/g, '')).not.toContain('%');
    expect(text).toContain('Persistent=true');
    if (spawnSync('systemd-analyze', ['--version']).status !== 0) context.skip('needs systemd-analyze');
    const folder = mkdtempSync(join(tmpdir(), 'onherkenbaar-unit-'));
    try {
      writeFileSync(join(folder, 'onherkenbaar-daily.service'), service);
      const timer = text.split('# /etc/systemd/system/onherkenbaar-daily.timer')[1] ?? '';
      writeFileSync(join(folder, 'onherkenbaar-daily.timer'), timer);
      const ran = spawnSync('systemd-analyze', ['verify', join(folder, 'onherkenbaar-daily.timer')], {
        encoding: 'utf8',
      });
      // What it says of other units of this machine is not ours.
      expect(ran.stderr.split('\n').filter((each) => each.includes('onherkenbaar'))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  const plain = (text: string) =>
    text
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&quot;/g, '"')
      .replace(/&amp;/g, '&');

  it('for launchd holds each word as a string of its own', () => {
    const text = scheduleText('launchd', command, words);
    const list = /<array>([^]*?)<\/array>/.exec(text)?.[1] ?? '';
    expect([...list.matchAll(/<string>(.*?)<\/string>/g)].map(([, word = '']) => plain(word))).toEqual(command);
    expect(list).not.toMatch(/<string>[^<]*[<&](?!\/|lt;|gt;|amp;|quot;)/);
  });

  it('for Windows holds a command that CommandLineToArgvW takes apart again, and makes up for a missed day', () => {
    const text = scheduleText('windows', command, words);
    const part = (name: string) => plain(new RegExp(`<${name}>(.*?)</${name}>`).exec(text)?.[1] ?? '');
    expect(argv(`${part('Command')} ${part('Arguments')}`)).toEqual(command);
    expect(text).toContain('<StartWhenAvailable>true</StartWhenAvailable>');
    for (const [, comment = ''] of text.matchAll(/<!--([^]*?)-->/g)) expect(comment).not.toContain('--');
  });

  it('is refused where a name holds a line end', () => {
    for (const schedule of SCHEDULES)
      expect(() => scheduleText(schedule, ['/bin/true', '/srv/een\n[Service]\nExecStart=/bin/kwaad'], words)).toThrow(
        expect.objectContaining({ error: { code: 'schedule-path' } }),
      );
  });
});

/** By the rules of CommandLineToArgvW: 2n backslashes before a quote are n, one more makes the quote a letter. */
function argv(line: string): string[] {
  const all: string[] = [];
  let word: string | undefined;
  let quoted = false;
  for (let at = 0; at < line.length;) {
    const slashes = /^\\*/.exec(line.slice(at))?.[0].length ?? 0;
    const next = line[at + slashes];
    if (slashes > 0) {
      word = (word ?? '') + '\\'.repeat(next === '"' ? Math.floor(slashes / 2) : slashes);
      at += slashes;
      if (next === '"' && slashes % 2 === 1) {
        word += '"';
        at++;
      }
    } else if (next === '"') {
      quoted = !quoted;
      word ??= '';
      at++;
    } else {
      if (next === ' ' && !quoted) {
        if (word !== undefined) all.push(word);
        word = undefined;
      } else word = (word ?? '') + (next ?? '');
      at++;
    }
  }
  return word === undefined ? all : [...all, word];
}
