import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listIncidents, openIncident } from '../../native/incidents/incidents.ts';
import { listRequests, takeRequest } from '../../native/requests/request-desk.ts';
import { newId } from '../../native/vault/seal.ts';
import { exportPrivate } from '../../native/vault/signing.ts';
import { Session, Vault } from '../../native/vault/vault.ts';
import { FACTS } from '../fixtures/incidents.ts';
import { REQUEST } from '../fixtures/requests.ts';
import { emptyFolder, makeVault, PASSPHRASE, vaultFolder } from '../fixtures/vault.ts';

/** A sample belongs to every test run; `npm run test:faults` asks for all. */
const STRIDE = process.env['ONHERKENBAAR_KILLS'] === undefined ? 3 : 1;

const folder = vaultFolder();
afterAll(() => folder.remove());

const empty = join(folder.path, 'leeg');
const begun = join(folder.path, 'begonnen');
const root = join(folder.path, 'werk');
const keysFile = join(folder.path, 'sleutels.json');
const child = 'dist/desk-child/desk-child.mjs';
const today = new Date().toISOString().slice(0, 10);
let officer: Session['keys'];

const on = (path: string) => new Session(Vault.open(path), officer);

beforeAll(async () => {
  const bundle = "import('./scripts/run.mjs').then((run) => run.bundle('test/fixtures/desk-child.ts'))";
  execFileSync(process.execPath, ['-e', bundle], { stdio: 'inherit' });
  const made = await makeVault(empty);
  const wish = { role: 'privacy-officer', name: 'Po', passphrase: PASSPHRASE, recovery: false } as const;
  officer = (await made.admin.addPerson(wish)).keys;
  const { person, identity, signingKey } = officer;
  writeFileSync(keysFile, JSON.stringify({ person, identity, signing: exportPrivate(signingKey) }));
  cpSync(empty, begun, { recursive: true });
  await takeRequest(on(begun), { ...REQUEST, id: newId(), received: today });
  await openIncident(on(begun), { noticedAt: new Date().toISOString(), facts: FACTS, hold: false });
});

/** By number: how far it is by what is sealed, and how far by the log, once someone opened it after the crash. */
async function look(what: 'request' | 'incident'): Promise<{ sealed: string[]; logged: string[] }> {
  const sealed =
    what === 'request'
      ? (await listRequests(on(root))).map(({ request, answer }) => `${request.id} ${answer ? 'closed' : 'open'}`)
      : (await listIncidents(on(root))).map((each) =>
          each.form === 'readable' ? `${each.known.incident} ${each.known.closing ? 'closed' : 'open'}` : each.form,
        );
  const logged = new Map<string, string>();
  for (const { what: event } of on(root).entries()) {
    if (event.event === 'request-received' && what === 'request') logged.set(event.request, 'open');
    if (event.event === 'request-answered') logged.set(event.request, 'closed');
    if (event.event === 'incident-opened' && what === 'incident') logged.set(event.incident, 'open');
    if (event.event === 'incident-closed') logged.set(event.incident, 'closed');
  }
  return { sealed: sealed.sort(), logged: [...logged].map((pair) => pair.join(' ')).sort() };
}

describe('killed with -9 before any single write', () => {
  it.each([
    { what: 'request', name: 'the first of a vault', template: () => empty, known: 0 },
    { what: 'request', name: 'one more', template: () => begun, known: 1 },
    { what: 'incident', name: 'the first of a vault', template: () => empty, known: 0 },
    { what: 'incident', name: 'one more', template: () => begun, known: 1 },
  ] as const)(
    'a $what, $name, is there whole or not at all, and the log says the same',
    {
      timeout: 600_000,
    },
    async ({ what, template, known }) => {
      const outcomes = new Set<string>();
      let deadly = 1;
      for (; ; deadly += STRIDE) {
        cpSync(template(), emptyFolder(root), { recursive: true });
        const ran = spawnSync(process.execPath, [child, root, keysFile, what, String(deadly)], { encoding: 'utf8' });
        expect(ran.stderr).toBe('');
        const { sealed, logged } = await look(what);
        expect(sealed).toEqual(logged);
        expect([known, known + 1]).toContain(sealed.length);
        // Whoever looks once more finds the same, and nothing of what never came to be.
        expect(await look(what)).toEqual({ sealed, logged });
        const folders = readdirSync(root).includes(`${what}s`) ? readdirSync(join(root, `${what}s`)) : [];
        expect(folders.filter((name) => name !== 'keys')).toHaveLength(sealed.length);
        if (ran.stdout === 'done') break;
        expect(ran.signal).toBe('SIGKILL');
        outcomes.add(`${sealed.length - known} ${sealed.some((each) => each.endsWith('closed')) ? 'closed' : 'open'}`);
      }
      expect(deadly).toBeGreaterThan(10);
      if (STRIDE === 1) expect([...outcomes].sort()).toEqual(['0 open', '1 closed', '1 open']);
    },
  );
});
