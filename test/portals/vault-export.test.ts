import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EXAMPLES } from '../../core/profile/examples.ts';
import type { DeliveryState } from '../../core/delivery/journal.ts';
import { credentialsFor, keepCredentials } from '../../native/delivery/credentials.ts';
import { allDeliveries } from '../../native/delivery/deliveries.ts';
import { exportClip } from '../../native/delivery/export.ts';
import { takeBack } from '../../native/delivery/take-back.ts';
import { wrapFor } from '../../native/vault/recipients.ts';
import { setHold } from '../../native/vault/keeping.ts';
import { approvedVault, copyOf, type ApprovedVault } from '../fixtures/approved.ts';
import { sha } from '../fixtures/far-end.ts';
import { CanvasEmulator } from '../fixtures/portals/canvas-emulator.ts';
import { SMOOTH } from '../fixtures/portals/emulator.ts';
import { FilesenderEmulator } from '../fixtures/portals/filesender-emulator.ts';
import { NextcloudEmulator } from '../fixtures/portals/nextcloud-emulator.ts';
import { PortalWorld } from '../fixtures/portals/world.ts';
import { startProduct, type Started } from '../fixtures/product.ts';
import { filesBelow, PASSPHRASE, vaultFolder } from '../fixtures/vault.ts';

const folder = vaultFolder();
const root = join(folder.path, 'werk');
const world = new PortalWorld(folder.path);
const TODAY = new Date().toISOString().slice(0, 10);
let made: ApprovedVault;

/** By what the person is known, and where; as somebody would type it. */
const ACCOUNTS = {
  canvas: { args: [], secret: CanvasEmulator.token, place: '7/9' },
  filesender: {
    args: ['--user', FilesenderEmulator.user],
    secret: FilesenderEmulator.secret,
    place: 'beoordelaar@voorbeeld.test',
  },
  nextcloud: {
    args: ['--user', NextcloudEmulator.user],
    secret: NextcloudEmulator.password,
    place: NextcloudEmulator.folder,
  },
} as const;
type Name = keyof typeof ACCOUNTS;

beforeAll(async () => {
  await world.start();
  const portals = (Object.keys(ACCOUNTS) as Name[]).map((id) => ({ ...world.sites[id].target, id, name: id }));
  made = await approvedVault(folder.path, { portals: [...EXAMPLES.trinitas.portals, ...portals] });
});
afterAll(async () => {
  await world.stop();
  folder.remove();
});
beforeEach(() => {
  world.trap.asked.length = 0;
  world.trap.cutAfter(Infinity);
  for (const { far } of Object.values(world.sites)) {
    far.reset();
    Object.assign(far, { bumps: SMOOTH, onRequest: () => {} });
  }
});

/** The real command line; the trap is its only way out, and the authority one of the school's own. */
function dio(args: readonly string[], secret?: string): Started {
  const env = {
    ...{ ONHERKENBAAR_PASSPHRASE: PASSPHRASE, NODE_EXTRA_CA_CERTS: world.certificates.authorityFile },
    ...{ HTTPS_PROXY: world.proxy.href, NO_PROXY: '' },
    ...(secret === undefined ? {} : { ONHERKENBAAR_PORTAL_SECRET: secret }),
  };
  return startProduct([...args, '--vault', root, '--as', 'Dio', '--json'], env);
}

async function signedIn(name: Name) {
  const { args, secret } = ACCOUNTS[name];
  const { code, stdout, stderr } = await dio(['portal', 'login', name, ...args], secret).done;
  expect([code, stdout + stderr]).toEqual([0, expect.not.stringContaining(secret)]);
}
const out = (name: Name) =>
  dio(['export', made.dossier, '--target', name, '--place', ACCOUNTS[name].place, '--page-read']);

/** What the receiver of a delivery gets, opened with the password that its sender passes on. */
async function received(name: Name): Promise<string[]> {
  if (name === 'filesender') {
    const [{ delivery } = { delivery: '' }] = (await dio(['export', 'list']).done).events;
    const { events } = await dio(['portal', 'password', String(delivery)]).done;
    world.filesender.password = () => String(events.at(-1)?.['password']);
  }
  return world.sites[name].far.submissions.map(({ bytes }) => sha(bytes));
}

describe('an approved clip', () => {
  it.each(Object.keys(ACCOUNTS) as Name[])('goes to %s by the command line, and is killed on the way', async (name) => {
    copyOf(made.approved, root);
    await signedIn(name);
    const before = world.trap.asked.length;
    const first = out(name);
    let killed = false;
    world.trap.cutAfter(30_000, () => (killed = first.child.kill('SIGKILL')));
    const cut = await first.done;
    expect([killed, cut.signal]).toEqual([true, 'SIGKILL']);
    expect(world.trap.asked.length).toBeGreaterThan(before);
    const second = await out(name).done;
    expect([second.code, second.stderr]).toEqual([0, expect.any(String)]);
    const exported = second.events.find(({ event }) => event === 'exported')!;
    expect(await received(name)).toEqual([exported['sha256']]);
    const again = await out(name).done;
    expect([again.code, again.events.at(-1)]).toMatchObject([8, { code: 'delivery-exists' }]);
    expect(await received(name)).toEqual([exported['sha256']]);
  });

  it('leaves neither secret nor place in the vault, readable for anybody', async () => {
    copyOf(made.approved, root);
    for (const name of Object.keys(ACCOUNTS) as Name[]) {
      await signedIn(name);
      expect((await out(name).done).code).toBe(0);
    }
    const all = filesBelow(root).map((path) => readFileSync(join(root, path), 'latin1'));
    for (const { secret, place } of Object.values(ACCOUNTS))
      for (const text of all) {
        expect(text).not.toContain(secret);
        if (place.length > 5) expect(text).not.toContain(place);
      }
    expect((await dio(['portal', 'list']).done).events).toContainEqual(
      expect.objectContaining({ id: 'canvas', signedIn: true }),
    );
    expect((await dio(['portal', 'logout', 'canvas']).done).events).toMatchObject([{ gone: true }]);
    const places = await dio(['portal', 'places', 'canvas']).done;
    expect([places.code, places.events.at(-1)]).toMatchObject([8, { code: 'credentials-missing' }]);
  });

  it('lets a person choose a place from what the target lists', async () => {
    copyOf(made.approved, root);
    await signedIn('canvas');
    const { events } = await dio(['portal', 'places', 'canvas']).done;
    expect(events).toEqual([{ event: 'place', target: 'canvas', place: '7/9', label: 'Stage 2 › Les op film' }]);
  });

  it('keeps no sign-in that the target does not take', async () => {
    copyOf(made.approved, root);
    const { code, events, stderr } = await dio(['portal', 'login', 'canvas'], 'fout-token').done;
    expect([code, events.at(-1)]).toMatchObject([8, { code: 'portal-refused', reason: 'signed-out' }]);
    expect(stderr).not.toContain('fout-token');
    expect((await out('canvas').done).events.at(-1)).toMatchObject({ code: 'export-failed', reason: 'signed-out' });
  });
});

describe('somebody else at the same vault', () => {
  const wish = { target: 'canvas', pageReadOn: TODAY, to: '', place: '7/9' };

  it('does not go on with what only its sender can ask about, and can not call it gone', async () => {
    const as = copyOf(made.approved, root);
    for (const keys of [made.keys.trainee, made.keys.trainer])
      await keepCredentials(as(keys), 'canvas', { kind: 'token', token: ACCOUNTS.canvas.secret });
    // It arrives, and nobody hears of it any more.
    world.canvas.onRequest = ({ url, method }) => {
      if (url.pathname.endsWith('/submissions') && method === 'POST') world.trap.blocked = true;
    };
    const patient = { ...world.carrier };
    const lost = exportClip(as(made.keys.trainee), made.dossier, wish, patient, { signal: AbortSignal.timeout(9000) });
    await expect(lost).rejects.toMatchObject({ error: { code: 'cancelled' } });
    expect(world.canvas.submissions.length).toBe(1);
    world.trap.blocked = false;
    world.canvas.onRequest = () => {};
    const trainer = as(made.keys.trainer);
    await expect(exportClip(trainer, made.dossier, wish, world.carrier)).rejects.toMatchObject({
      error: { code: 'delivery-elsewhere' },
    });
    expect(world.canvas.submissions.length).toBe(1);
    const [{ plan }] = allDeliveries(trainer) as [DeliveryState];
    world.canvas.hidden = true;
    await expect(takeBack(trainer, plan.delivery, false, world.carrier)).rejects.toMatchObject({
      error: { code: 'delivery-not-reached' },
    });
    world.canvas.hidden = false;
    await exportClip(as(made.keys.trainee), made.dossier, wish, world.carrier);
    expect(world.canvas.submissions.length).toBe(1);
  });

  it('can not lay a secret for one target, or of another person, in the place of another', async () => {
    const as = copyOf(made.approved, root);
    const session = as(made.keys.trainee);
    await keepCredentials(session, 'nextcloud', { kind: 'password', user: 'a', password: 'b' });
    const own = session.folder('credentials', session.keys.person.id);
    copyFileSync(join(own, 'nextcloud.age'), join(own, 'filesender.age'));
    expect(await credentialsFor(session, 'nextcloud')).toMatchObject({ user: 'a' });
    expect(await credentialsFor(session, 'filesender')).toBeUndefined();
    // Everybody's public key is known: sealing for somebody takes no secret, signing does.
    const forged = JSON.stringify({ about: 'x', text: '{}', signature: 'AAAA' });
    writeFileSync(join(own, 'canvas.age'), await wrapFor([session.keys.person.recipient], Buffer.from(forged)));
    expect(await credentialsFor(session, 'canvas')).toBeUndefined();
  });
});

describe('what may not leave', () => {
  it('does not even look up its target', async () => {
    copyOf(made.handedIn, root);
    await signedIn('canvas');
    world.trap.asked.length = 0;
    const unapproved = await out('canvas').done;
    expect(unapproved.events.at(-1)).toMatchObject({ code: 'export-refused', reasons: ['not-approved'] });
    copyOf(made.approved, root);
    const clip = join(
      root,
      filesBelow(root).find((path) => path.includes(made.dossier) && /clip/.test(path))!,
    );
    const bytes = readFileSync(clip);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(clip, bytes);
    expect((await out('canvas').done).events.at(-1)).toMatchObject({ code: 'export-refused' });
    const elsewhere = ['export', made.dossier, '--target', 'elders', '--place', '7/9', '--page-read'];
    expect((await dio(elsewhere).done).events.at(-1)).toMatchObject({
      reasons: expect.arrayContaining(['target-unknown']),
    });
    const noPlace = ['export', made.dossier, '--target', 'canvas', '--place', '../9', '--page-read'];
    copyOf(made.approved, root);
    expect((await dio(noPlace).done).events.at(-1)).toMatchObject({ code: 'place-invalid' });
    expect(world.trap.asked).toEqual([]);
  });

  it('is not made final at the far end when a hold comes in while it is under way', async () => {
    const as = copyOf(made.approved, root);
    const session = as(made.keys.trainee);
    await keepCredentials(session, 'canvas', { kind: 'token', token: ACCOUNTS.canvas.secret });
    let held: Promise<unknown> | undefined;
    world.canvas.onRequest = ({ url }) => {
      if (url.pathname.endsWith('/files')) held ??= setHold(as(made.keys.officer), made.dossier, true, TODAY);
    };
    const wish = { target: 'canvas', pageReadOn: TODAY, to: '', place: '7/9' };
    const slow = {
      ...world.carrier,
      deliver: (...[parcel, way, ports]: Parameters<typeof world.carrier.deliver>) =>
        world.carrier.deliver(
          {
            ...parcel,
            async *content(from: number) {
              for await (const piece of parcel.content(from)) {
                yield piece.subarray(0, piece.length >> 1);
                await held;
                yield piece.subarray(piece.length >> 1);
              }
            },
          },
          way,
          ports,
        ),
    };
    await expect(exportClip(session, made.dossier, wish, slow)).rejects.toMatchObject({
      error: { code: 'export-failed', reason: 'gate-closed' },
    });
    expect(held).toBeDefined();
    expect(world.canvas.submissions).toEqual([]);
  });
});
