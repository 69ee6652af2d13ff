import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Platform } from '../../core/profile/profile.ts';
import { sha } from '../fixtures/far-end.ts';
import { CanvasEmulator } from '../fixtures/portals/canvas-emulator.ts';
import { SMOOTH, type Bumps } from '../fixtures/portals/emulator.ts';
import { begun, parcelOf, portsOf } from '../fixtures/portals/runs.ts';
import { PortalWorld } from '../fixtures/portals/world.ts';
import { vaultFolder } from '../fixtures/vault.ts';

const folder = vaultFolder();
const world = new PortalWorld(folder.path);
const BYTES = randomBytes(70_000);

beforeAll(() => world.start());
afterAll(async () => {
  await world.stop();
  folder.remove();
});
beforeEach(() => {
  world.trap.asked.length = 0;
  Object.assign(world.canvas, { confirmBy: 201, downloads: true, uploadHost: CanvasEmulator.files });
  for (const { far } of Object.values(world.sites)) {
    far.reset();
    far.bumps = SMOOTH;
    far.onRequest = () => {};
  }
});

type Name = keyof PortalWorld['sites'];
const NAMES: Name[] = ['canvas', 'brightspace', 'filesender', 'nextcloud'];

function begin(name: Name) {
  const site = world.sites[name];
  const parcel = parcelOf(BYTES, site.target.platform as Platform);
  const run = begun(parcel);
  return {
    site,
    parcel,
    run,
    way: world.way(site),
    send: () => world.carrier.deliver(parcel, world.way(site), portsOf(run)),
  };
}

/** At each request of which this is true, once. */
function once(name: Name, bump: keyof Bumps, when: (path: string, method: string) => boolean): void {
  const { far } = world.sites[name];
  let left = 1;
  far.onRequest = ({ url, method }) => {
    far.bumps = left > 0 && when(url.pathname, method) ? { ...SMOOTH, [bump]: 1 } : SMOOTH;
    if (far.bumps !== SMOOTH) left--;
  };
  far.chance = () => 0.5;
}

describe.each(NAMES)('%s', (name) => {
  it('takes a clip, keeps the very bytes, and is asked rather than sent a second one', async () => {
    const { site, parcel, run, way } = begin(name);
    const end = await world.carrier.deliver(parcel, way, portsOf(run));
    expect(end).toMatchObject({ ok: true });
    expect(site.far.submissions.map(({ name: called, bytes }) => [called, sha(bytes)])).toEqual([
      [parcel.name, parcel.sha256],
    ]);
    expect(await world.carrier.find(parcel, way)).toMatchObject({ there: 'whole' });
    expect(await world.carrier.deliver(parcel, way, portsOf(run))).toMatchObject({ ok: true });
    expect(site.far.submissions.length).toBe(1);
  });

  it('speaks to the hosts of the profile and to no other', async () => {
    const { site, send } = begin(name);
    await send();
    const allowed = [site.target.host, ...(site.target.fileHosts ?? [])].map((host) => `${host}:443`);
    expect(world.trap.asked.length).toBeGreaterThan(0);
    for (const asked of world.trap.asked) expect(allowed).toContain(asked);
  });

  it('says when the sign-in is not taken, and tells the secret to nobody', async () => {
    const { parcel, run, site, way } = begin(name);
    const secret = 'helemaal-verkeerd-geheim';
    const { credentials } = site;
    const wrong =
      credentials.kind === 'token' ? { kind: 'token' as const, token: secret } : { ...credentials, password: secret };
    const end = await world.carrier.deliver(parcel, { ...way, credentials: wrong as never }, portsOf(run));
    expect(end).toEqual({ ok: false, reason: 'signed-out' });
    expect(JSON.stringify(run.lines)).not.toContain(secret);
    const none = await world.carrier.deliver(parcel, { ...way, credentials: undefined }, portsOf(begun(parcel)));
    expect(none).toEqual({ ok: false, reason: 'signed-out' });
    expect(site.far.submissions).toEqual([]);
  });

  it('tells a full store from a passing fault', async () => {
    const { run, send, site } = begin(name);
    site.far.bumps = { ...SMOOTH, quota: 1 };
    site.far.chance = () => 0.5;
    const reason = { canvas: 'disk-full', brightspace: 'too-large', filesender: 'disk-full', nextcloud: 'disk-full' };
    expect(await send()).toEqual({ ok: false, reason: reason[name] });
    expect(run.waits).toBe(0);
  });

  it('waits when it is told to, and goes on', async () => {
    const { run, send, site, parcel } = begin(name);
    once(name, 'throttle', () => true);
    expect(await send()).toMatchObject({ ok: true });
    expect(run.lines).toContainEqual(expect.objectContaining({ state: 'paused' }));
    expect(site.far.submissions.map(({ bytes }) => sha(bytes))).toEqual([parcel.sha256]);
  });

  it('stops when it is asked to', async () => {
    const { parcel, run, way, site } = begin(name);
    const controller = new AbortController();
    site.far.onRequest = () => controller.abort();
    const ports = { ...portsOf(run), signal: controller.signal };
    await expect(world.carrier.deliver(parcel, way, ports)).rejects.toMatchObject({ error: { code: 'cancelled' } });
    expect(site.far.submissions).toEqual([]);
  });
});

describe('a last answer that is lost', () => {
  const last: Record<Name, (path: string, method: string) => boolean> = {
    canvas: (path, method) => path.endsWith('/submissions') && method === 'POST',
    brightspace: (path, method) => path.endsWith('/mysubmissions/') && method === 'POST',
    filesender: (path, method) => /^\/rest.php\/transfer\/\d+$/.test(path) && method === 'PUT',
    nextcloud: (path, method) => method === 'MOVE' && path.endsWith('.onaf/'),
  };
  it.each(NAMES)('of %s leads to a question, not to a second submission', async (name) => {
    const { run, send, site, parcel } = begin(name);
    once(name, 'lostReply', last[name]);
    expect(await send()).toMatchObject({ ok: true });
    expect(run.waits).toBe(1);
    expect(site.far.submissions.map(({ bytes }) => sha(bytes))).toEqual([parcel.sha256]);
  });
});

describe('Canvas', () => {
  it('asks for a new ticket when one ran out, and goes along with a redirect as with a confirmation', async () => {
    world.canvas.confirmBy = 303;
    const { run, send, site } = begin('canvas');
    once('canvas', 'expired', (path) => path === '/upload');
    expect(await send()).toMatchObject({ ok: true });
    expect(run.waits).toBe(1);
    expect(site.far.submissions.length).toBe(1);
  });

  it('sends nothing to a file store that the profile does not name', async () => {
    world.canvas.uploadHost = 'elders.test';
    const { run, send } = begin('canvas');
    expect(await send()).toEqual({ ok: false, reason: 'host-refused' });
    expect(run.waits).toBe(0);
    expect(world.trap.asked).not.toContain('elders.test:443');
  });

  it('takes the size for proof where the file itself is out of reach', async () => {
    world.canvas.downloads = false;
    expect(await begin('canvas').send()).toMatchObject({ ok: true });
    expect(world.trap.asked).not.toContain('elders.test:443');
  });

  it('lists the assignments that take a file, over all pages', async () => {
    const { target, credentials } = world.sites.canvas;
    expect(await world.carrier.places(target, credentials)).toEqual([
      { place: { kind: 'canvas', course: '7', assignment: '9' }, label: 'Stage 2 › Les op film' },
    ]);
  });

  it('can not be taken back once it was handed in', async () => {
    const { parcel, way, send } = begin('canvas');
    await send();
    expect(await world.carrier.takeBack(parcel, '1', way)).toBe('cannot');
  });
});

describe('Brightspace', () => {
  it('lists the folders of the courses, over all pages', async () => {
    const { target, credentials } = world.sites.brightspace;
    expect(await world.carrier.places(target, credentials)).toEqual([
      { place: { kind: 'brightspace', orgUnit: '6606', folder: '12' }, label: 'Werkplekleren › Les op film' },
    ]);
  });

  it('takes the size for proof where reading it back is not allowed', async () => {
    world.brightspace.downloads = false;
    expect(await begin('brightspace').send()).toMatchObject({ ok: true });
    world.brightspace.downloads = true;
  });
});

describe('SURFfilesender', () => {
  it('sends what only the password opens, in chunks that are gone on with', async () => {
    const { run, send, site, parcel } = begin('filesender');
    once('filesender', 'serverError', (path) => path.endsWith('/chunk/32768'));
    expect(await send()).toMatchObject({ ok: true });
    expect(run.lines.filter((line) => 'doing' in line && line.doing === 'prepare').length).toBe(1);
    expect(site.far.submissions.map(({ bytes }) => sha(bytes))).toEqual([parcel.sha256]);
    expect(JSON.stringify(run.lines)).not.toMatch(/rtt-|puid-|beoordelaar/);
  });

  it('is closed by taking it back', async () => {
    const { parcel, way, send } = begin('filesender');
    await send();
    expect(await world.carrier.takeBack(parcel, '40', way)).toBe('gone');
    expect(world.filesender.submissions).toEqual([]);
    expect(await world.carrier.takeBack(parcel, '40', way)).toBe('not-there');
  });
});
