import { join } from 'node:path';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Carrier, DeliveryPorts, Way } from '../../core/delivery/carrier.ts';
import { deliveryOf } from '../../core/delivery/journal.ts';
import type { Parcel } from '../../core/delivery/portal.ts';
import { networkCarrier } from '../../portals/carrier.ts';
import { deliver } from '../../portals/job.ts';
import { laidPortal } from '../../portals/laid/laid-portal.ts';
import { Line } from '../../portals/net/line.ts';
import { Dav } from '../../portals/webdav/dav.ts';
import { WebdavFolder } from '../../portals/webdav/webdav-folder.ts';
import { sha } from '../fixtures/far-end.ts';
import { SMOOTH } from '../fixtures/portals/emulator.ts';
import { begun, Killed, memoryIn, parcelOf, targetAt, toTheEnd } from '../fixtures/portals/runs.ts';
import { lacks, startApache, startSshd, DAV } from '../fixtures/portals/servers.ts';
import type { RunningServer, SshServer } from '../fixtures/portals/servers.ts';
import { throughTrap } from '../fixtures/portals/trap.ts';
import { PortalWorld } from '../fixtures/portals/world.ts';
import { makeCertificates, type Certificates } from '../fixtures/portals/certificates.ts';
import { emptyFolder, seeded, vaultFolder } from '../fixtures/vault.ts';

/** 70 for each of the four emulators and 20 for each of the two servers: 320. */
const SEEDS = 70;
const SERVER_SEEDS = 20;
const folder = vaultFolder();
const world = new PortalWorld(folder.path);
const missing = lacks('apache', 'sshd');

beforeAll(() => world.start());
afterAll(async () => {
  await world.stop();
  folder.remove();
});

const ASKS_MUCH = new Set(['filesender', 'nextcloud']);
/** Of an encrypted chunk nobody but its receiver can tell; there what differs does not open. */
const DETECTABLE = { canvas: true, brightspace: true, filesender: false, nextcloud: true };

function draw(seed: number) {
  const random = seeded(seed);
  const some = (most: number) => (random() < 0.5 ? 0 : random() * most);
  let kills = random() < 0.6 ? Math.floor(random() * 6) : 0;
  const kill = () => {
    if (kills === 0 || random() > 0.12) return;
    kills--;
    throw new Killed();
  };
  const bytes = Buffer.from(Uint8Array.from({ length: 20_000 + Math.floor(random() * 90_000) }, () => random() * 256));
  return { random, some, kill, bytes };
}

/** Exactly one submission with the right bytes, or failed with a reason; never two, never a wrong one called done. */
function judge(
  name: string,
  outcome: Awaited<ReturnType<Carrier['deliver']>>,
  run: ReturnType<typeof begun>,
  parcel: Parcel,
  kept: readonly Buffer[],
): void {
  expect(kept.length, name).toBeLessThanOrEqual(1);
  const state = deliveryOf(run.lines);
  if (outcome.ok) {
    expect(kept.map(sha), name).toEqual([parcel.sha256]);
    expect(state, name).toMatchObject({ state: 'done' });
    return;
  }
  expect(state, name).toMatchObject({ state: 'failed', reason: outcome.reason });
  // Whoever is told that it failed must know when something may lie there all the same.
  if (kept.length === 1) expect(['outcome-unknown', 'differs'], name).toContain(outcome.reason);
}

const ends = new Map<string, number>();
const count = (end: string) => ends.set(end, (ends.get(end) ?? 0) + 1);

describe.each(Object.keys(world.sites) as (keyof typeof world.sites)[])('a bad line to %s', (which) => {
  it(`ends there once and right, or failed with a reason (${SEEDS} seeds)`, async () => {
    const site = world.sites[which];
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { random, some, kill, bytes } = draw(seed * 7 + which.length);
      const { far } = site;
      // Where more is asked, each answer may go wrong less often.
      const rate = ASKS_MUCH.has(which) ? 0.25 : 1;
      far.reset();
      far.chance = random;
      far.bumps = {
        ...{ reset: some(0.15 * rate), serverError: some(0.15 * rate), throttle: some(0.15 * rate) },
        lostReply: some(0.3 * rate),
        flip: DETECTABLE[which] ? some(0.3 * rate) : 0,
        ...{ expired: some(0.4), quota: some(which === 'filesender' ? 0.3 : 0.04 * rate) },
      };
      if (random() < 0.4) world.trap.cutAfter(Math.floor(random() * bytes.length * 1.2));
      const store: { text?: string } = {};
      const parcel = parcelOf(bytes, site.target.platform);
      const run = begun(parcel);
      const carrier = which === 'nextcloud' ? inSmallChunks() : world.carrier;
      const outcome = await toTheEnd(carrier, parcel, world.way(site, store), run, kill);
      far.bumps = SMOOTH;
      world.trap.cutAfter(Infinity);
      judge(
        `${which}, seed ${seed}`,
        outcome,
        run,
        parcel,
        far.submissions.map((each) => each.bytes),
      );
      count(outcome.ok ? 'done' : outcome.reason);
    }
    // Where all fails nothing was tried, and where nothing fails neither.
    const done = ends.get('done') ?? 0;
    expect(done).toBeGreaterThan(SEEDS / 3);
    expect(ends.size).toBeGreaterThan(1);
    ends.clear();
  });
});

/** As the product does it, but for the size of a chunk: a server wants 5 MB. */
function inSmallChunks(): Carrier {
  const settings = throughTrap(world.proxy, [world.certificates.authority]);
  return {
    ...world.carrier,
    async deliver(parcel: Parcel, way: Way, ports: DeliveryPorts) {
      const line = new Line(way.target!, settings);
      const place = way.place as { path: string };
      try {
        const far = new WebdavFolder(new Dav(line, way.credentials), 16_384);
        return await deliver(parcel, laidPortal(far, place.path), ports);
      } finally {
        await line.close();
      }
    },
  };
}

describe.skipIf(missing)('a bad line to a real server', () => {
  const HOST = 'nas.voorbeeld.test';
  let dav: RunningServer;
  let ssh: SshServer;
  let certificates: Certificates;
  let carrier: Carrier;
  beforeAll(async () => {
    certificates = makeCertificates(join(folder.path, 'nas-tls'), [HOST]);
    dav = await startApache(emptyFolder(join(folder.path, 'apache')), certificates, true);
    ssh = await startSshd(emptyFolder(join(folder.path, 'ssh')));
    world.trap.lead(`${HOST}:443`, dav.port);
    world.trap.lead(`${HOST}:22`, ssh.port);
    carrier = networkCarrier(() => throughTrap(world.proxy, [certificates.authority]));
  });
  afterAll(async () => {
    await dav.stop();
    await ssh.stop();
  });

  it.each(['webdav', 'sftp'] as const)(`of %s ends there once and right (${SERVER_SEEDS} seeds)`, async (platform) => {
    const target = targetAt(platform, HOST, platform === 'sftp' ? { hostKey: ssh.hostKey } : {});
    const root = platform === 'sftp' ? ssh.folder : join(dav.folder, 'in leveren');
    const way: Way = {
      target,
      place: { kind: platform, path: platform === 'sftp' ? ssh.folder : '/in leveren' },
      credentials:
        platform === 'sftp'
          ? { kind: 'key', user: ssh.user, privateKey: ssh.privateKey }
          : { kind: 'password', ...DAV },
      memory: memoryIn({}),
    };
    for (let seed = 1; seed <= SERVER_SEEDS; seed++) {
      const { random, kill } = draw(seed * 11);
      const bytes = Buffer.from(Uint8Array.from({ length: 600_000 }, () => random() * 256));
      const parcel = parcelOf(bytes, platform);
      const run = begun(parcel);
      let cuts = Math.floor(random() * 4);
      const cut = () => cuts-- > 0 && world.trap.cutAfter(Math.floor(random() * 900_000), cut);
      cut();
      const outcome = await toTheEnd(carrier, parcel, way, run, kill);
      world.trap.cutAfter(Infinity);
      const kept = readdirSync(root).flatMap((name) =>
        name === parcel.delivery ? [readFileSync(join(root, name, parcel.name))] : [],
      );
      judge(`${platform}, seed ${seed}`, outcome, run, parcel, kept);
      expect(outcome, `seed ${seed}`).toMatchObject({ ok: true });
    }
    // Nothing unfinished is left beside what was delivered.
    expect(readdirSync(root).filter((name) => name.endsWith('.onaf'))).toEqual([]);
  });
});
