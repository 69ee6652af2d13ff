import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setHold } from '../../native/vault/keeping.ts';
import { approvedVault, copyOf, type ApprovedVault } from '../fixtures/approved.ts';
import { hostname } from 'node:os';
import { startProduct } from '../fixtures/product.ts';
import { emptyFolder, PASSPHRASE, runInVault, vaultFolder } from '../fixtures/vault.ts';

const folder = vaultFolder();
const root = join(folder.path, 'werk');
const to = join(folder.path, 'uit');
const list = join(folder.path, 'lijst.json');
let made: ApprovedVault;

beforeAll(async () => {
  made = await approvedVault(folder.path);
});
afterAll(() => folder.remove());

function fresh() {
  emptyFolder(to);
  return copyOf(made.approved, root);
}
const dio = (...args: string[]) => runInVault(root, 'Dio', 'export', ...args);
const hva = () => [made.dossier, '--target', 'hva', '--to', to];

describe('onherkenbaar export', () => {
  it('asks, delivers, lists, notes a receipt and takes back', async () => {
    fresh();
    const may = await dio(...hva(), '--page-read', '--dry-run');
    expect([may.code, may.events]).toEqual([0, [{ event: 'may-leave', dossier: made.dossier, target: 'hva' }]]);
    expect(readdirSync(to)).toEqual([]);
    const out = await dio(...hva(), '--page-read');
    expect(out.code).toBe(0);
    const exported = out.events.at(-1)!;
    expect(exported).toMatchObject({ event: 'exported', platform: 'brightspace', address: 'https://dlo.mijnhva.nl/' });
    expect(out.events.find(({ event }) => event === 'progress')).toMatchObject({
      stage: 'send',
      total: exported['size'],
    });
    const delivery = String(exported['delivery']);
    execFileSync('sha256sum', ['--strict', '--status', '-c', 'SHA256SUMS'], { cwd: join(to, delivery) });
    expect((await dio('receipt', delivery, 'INL-20481')).code).toBe(0);
    const listed = await dio('list');
    expect(listed.events).toMatchObject([{ delivery, state: 'done', handedIn: { number: 'INL-20481' } }]);
    const held = await dio('take-back', delivery);
    expect([held.code, held.events.at(-1)]).toMatchObject([8, { code: 'delivery-not-reached' }]);
    expect((await dio('take-back', delivery, '--attest')).events).toEqual([
      { event: 'taken-back', delivery, how: 'attested' },
    ]);
    expect((await dio('list')).events).toMatchObject([{ takenBack: 'attested' }]);
    expect(readdirSync(to)).toEqual([]);
  });

  it('says in one sentence with its rule what stands in the way', async () => {
    const as = fresh();
    const unread = await dio(...hva());
    expect([unread.code, unread.events.at(-1)]).toMatchObject([
      8,
      { code: 'export-refused', reasons: ['page-not-read'] },
    ]);
    expect(unread.stderr).toMatch(/\(S3\)\.\n$/);
    await setHold(as(made.keys.officer), made.dossier, true, new Date().toISOString().slice(0, 10));
    const args = ['export', ...hva(), '--page-read', '--vault', root, '--as', 'Dio', '--lang', 'en'];
    const english = await startProduct(args, { ONHERKENBAAR_PASSPHRASE: PASSPHRASE }).done;
    expect(english.stderr).toBe('There is an incident hold on this recording. Ask the privacy officer (R5).\n');
    expect(english.code).toBe(8);
    expect((await dio('take-back', '../../keys')).events.at(-1)).toMatchObject({ code: 'delivery-unknown' });
    expect((await dio()).code).toBe(2);
    expect((await dio(made.dossier, '--batch', list)).code).toBe(2);
  });

  it('goes on looking at a list, says a thing once, and hands in what may leave', async () => {
    fresh();
    const item = { dossier: made.dossier, target: 'hva', to };
    writeFileSync(list, JSON.stringify([{ ...item, target: 'elders' }, item]));
    const args = ['export', '--batch', list, '--page-read', '--watch', '5', '--vault', root, '--as', 'Dio', '--json'];
    const watching = startProduct(args, { ONHERKENBAAR_PASSPHRASE: PASSPHRASE });
    await watching.said(({ event }) => event === 'exported');
    // A list that is being written: the last one holds.
    writeFileSync(list, '[{"dossier"');
    await watching.said(
      ({ event, error }) => event === 'not-exported' && JSON.stringify(error).includes('list-invalid'),
    );
    watching.child.kill('SIGINT');
    const { code, events } = await watching.done;
    expect(code).toBe(130);
    const told = events.map(({ event }) => event).filter((event) => event !== 'progress');
    expect(told).toEqual(['not-exported', 'exported', 'not-exported', 'error']);
    expect(readdirSync(to).length).toBe(1);
    for (const wrong of ['0', 'abc', '9000000'])
      expect((await dio('--batch', list, '--to', to, '--watch', wrong)).code).toBe(2);
  });

  it('of a list lets nothing out while one of it may not', async () => {
    fresh();
    const apart = join(folder.path, 'apart');
    emptyFolder(apart);
    const item = { dossier: made.dossier, target: 'vu' };
    writeFileSync(
      list,
      JSON.stringify([
        { ...item, target: 'hva' },
        { ...item, target: 'ru' },
      ]),
    );
    const mixed = await dio('--batch', list, '--to', to, '--page-read');
    expect(mixed.code).toBe(8);
    expect(mixed.events).toMatchObject([
      { event: 'held-back', target: 'hva' },
      { event: 'not-exported', target: 'ru', error: { code: 'export-refused', reasons: ['target-unknown'] } },
      { event: 'error', code: 'export-batch-failed', failed: 1, total: 2 },
    ]);
    expect(readdirSync(to)).toEqual([]);
    writeFileSync(list, JSON.stringify([{ ...item, target: 'hva', to: apart }, item]));
    const all = await dio('--batch', list, '--to', to, '--page-read');
    expect(all.code).toBe(0);
    expect([readdirSync(apart).length, readdirSync(to).length]).toEqual([1, 1]);
    // Asked for again, what is done is left as it is; what fails is told apart from what goes.
    const busy = { token: 'elders', host: hostname(), pid: process.pid };
    const lock = join(root, 'deliveries', '.hva.lock');
    emptyFolder(apart);
    fresh();
    expect((await dio(made.dossier, '--target', 'vu', '--to', to, '--page-read')).code).toBe(0);
    writeFileSync(lock, JSON.stringify(busy));
    writeFileSync(list, JSON.stringify([item, { ...item, target: 'hva' }, { ...item, target: 'uva' }]));
    const partly = await dio('--batch', list, '--to', to, '--page-read');
    expect(partly.code).toBe(8);
    expect(partly.events.filter(({ event }) => event !== 'progress')).toMatchObject([
      { event: 'already-exported', target: 'vu' },
      { event: 'not-exported', target: 'hva', error: { code: 'delivery-busy' } },
      { event: 'exported', target: 'uva' },
      { event: 'error', failed: 1, total: 3 },
    ]);
    rmSync(lock);
    const rest = await dio('--batch', list, '--to', to, '--page-read');
    expect([rest.code, readdirSync(to).length]).toEqual([0, 3]);
  });

  it.each<[string, unknown, string]>([
    ['no list', { dossier: 'x' }, 'JSON'],
    ['no dossier', [{ dossier: '../x', target: 'hva' }], '0.dossier'],
    ['a host for a target', [{ dossier: '0123456789abcdef', target: 'https://elders.nl' }], '0.target'],
    ['the same twice', Array.from({ length: 2 }, () => ({ dossier: '0123456789abcdef', target: 'hva' })), '1'],
  ])('takes no list with %s', async (_name, value, where) => {
    fresh();
    writeFileSync(list, JSON.stringify(value));
    const ran = await dio('--batch', list, '--to', to, '--page-read');
    expect([ran.code, ran.events]).toMatchObject([8, [{ code: 'export-list-invalid', where }]]);
  });
});
