import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Way } from '../../core/delivery/carrier.ts';
import type { Credentials } from '../../core/delivery/credentials.ts';
import { deliveryOf } from '../../core/delivery/journal.ts';
import type { Place } from '../../core/delivery/place.ts';
import type { Portal as Target } from '../../core/profile/profile.ts';
import { networkCarrier } from '../../portals/carrier.ts';
import { sha } from '../fixtures/far-end.ts';
import { makeCertificates, type Certificates } from '../fixtures/portals/certificates.ts';
import { begun, memoryIn, parcelOf, portsOf, stoppedShort, targetAt } from '../fixtures/portals/runs.ts';
import { DAV, lacks, PROGRAMS, startApache, startNginx, startSshd } from '../fixtures/portals/servers.ts';
import type { RunningServer, SshServer } from '../fixtures/portals/servers.ts';
import { Trap, throughTrap } from '../fixtures/portals/trap.ts';
import { emptyFolder, vaultFolder } from '../fixtures/vault.ts';

const HOST = 'nas.voorbeeld.test';
const folder = vaultFolder();
const trap = new Trap();
const BYTES = randomBytes(1_300_000);
const missing = lacks('apache', 'nginx', 'sshd', 'rclone', 'sftp');
let certificates: Certificates;
let carrier: ReturnType<typeof networkCarrier>;
let proxy: URL;

beforeAll(async () => {
  certificates = makeCertificates(join(folder.path, 'tls'), [HOST]);
  proxy = await trap.start();
  carrier = networkCarrier(() => throughTrap(proxy, [certificates.authority]));
});
afterAll(async () => {
  await trap.stop();
  folder.remove();
});
beforeEach(() => {
  trap.asked.length = 0;
  trap.cutAfter(Infinity);
});

function way(target: Target, place: Place, credentials: Credentials): Way {
  return { target, place, credentials, memory: memoryIn({}) };
}

async function rclone(path: string): Promise<Buffer> {
  const pass = execFileSync(PROGRAMS.rclone, ['obscure', DAV.password], { encoding: 'utf8' }).trim();
  const env = {
    ...{ ...process.env, HTTPS_PROXY: proxy.href, NO_PROXY: '', RCLONE_CONFIG: '/dev/null' },
    ...{ RCLONE_WEBDAV_URL: `https://${HOST}`, RCLONE_WEBDAV_USER: DAV.user, RCLONE_WEBDAV_PASS: pass },
  };
  return outputOf(PROGRAMS.rclone, ['--ca-cert', certificates.authorityFile, 'cat', `:webdav:${path}`], env);
}

async function curl(path: string): Promise<Buffer> {
  const address = `https://${HOST}/${encodeURI(path)}`;
  const args = ['-sf', '--cacert', certificates.authorityFile, '-u', `${DAV.user}:${DAV.password}`, '-x', proxy.href];
  return outputOf('curl', [...args, address], process.env);
}

/** The trap is in this process: it must not stand still meanwhile. */
async function outputOf(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<Buffer> {
  const { stdout } = await promisify(execFile)(program, args, { env, encoding: 'buffer', maxBuffer: 1 << 25 });
  return stdout;
}

const said = (run: ReturnType<typeof begun>) => run.lines.map((line) => ('doing' in line ? line.doing : line.state));
const PASSWORD: Credentials = { kind: 'password', ...DAV };
const davPlace: Place = { kind: 'webdav', path: '/in leveren' };

describe.skipIf(missing)('a real WebDAV server', () => {
  const target = targetAt('webdav', HOST);
  const servers: Record<string, (root: string) => Promise<RunningServer>> = {
    'Apache, which appends stretches': (root) => startApache(root, certificates, true),
    'Apache, which does not': (root) => startApache(root, certificates, false),
    nginx: (root) => startNginx(root, certificates),
  };
  describe.each(Object.keys(servers))('%s', (name) => {
    let server: RunningServer;
    beforeAll(async () => {
      server = await servers[name]!(emptyFolder(join(folder.path, 'server')));
      trap.lead(`${HOST}:443`, server.port);
    });
    afterAll(() => server.stop());
    const there = () => join(server.folder, 'in leveren');

    it('takes a clip whole, which an independent program reads back', async () => {
      const parcel = parcelOf(BYTES, 'webdav');
      const to = way(target, davPlace, PASSWORD);
      expect(await carrier.deliver(parcel, to, portsOf(begun(parcel)))).toMatchObject({ ok: true });
      expect(readdirSync(there())).toEqual([parcel.delivery]);
      const files = readdirSync(join(there(), parcel.delivery)).sort();
      expect(files).toEqual([parcel.name, 'SHA256SUMS', 'manifest.json', 'manifest.json.sig'].sort());
      // nginx lists nothing, which rclone needs.
      const independent = name === 'nginx' ? curl : rclone;
      expect(sha(await independent(`in leveren/${parcel.delivery}/${parcel.name}`))).toBe(parcel.sha256);
      // Asked again, it is found and not sent a second time.
      expect(await carrier.find(parcel, to)).toEqual({ there: 'whole', receipt: parcel.delivery });
      writeFileSync(join(there(), parcel.delivery, 'van mij.txt'), 'niet weg');
      expect(await carrier.takeBack(parcel, parcel.delivery, to)).toBe('gone');
      expect(readdirSync(join(there(), parcel.delivery))).toEqual(['van mij.txt']);
      rmSync(join(there(), parcel.delivery), { recursive: true });
      expect(await carrier.takeBack(parcel, parcel.delivery, to)).toBe('not-there');
    });

    it('is gone on with after a cut line', async () => {
      const parcel = parcelOf(BYTES, 'webdav');
      trap.cutAfter(900_000);
      const run = begun(parcel);
      const end = await carrier.deliver(parcel, way(target, davPlace, PASSWORD), portsOf(run));
      expect(end).toMatchObject({ ok: true });
      expect(run.waits).toBe(1);
      expect(sha(readFileSync(join(there(), parcel.delivery, parcel.name)))).toBe(parcel.sha256);
      // Only a server that appends is sent the rest alone: it was made ready once.
      const prepared = said(run).filter((step) => step === 'prepare').length;
      expect(prepared).toBe(name.includes('which appends') ? 1 : 2);
    });

    it('keeps nothing of a clip that may not leave any more half-way', async () => {
      const parcel = parcelOf(BYTES, 'webdav');
      const before = readdirSync(there());
      const run = begun(parcel);
      const end = await carrier.deliver(stoppedShort(parcel), way(target, davPlace, PASSWORD), portsOf(run));
      expect(end).toEqual({ ok: false, reason: 'gate-closed' });
      expect(said(run).slice(-2)).toEqual(['take-away', 'failed']);
      expect(readdirSync(there())).toEqual(before);
    });

    it('refuses a wrong password and a folder that is not there, each with its reason', async () => {
      const parcel = parcelOf(BYTES, 'webdav');
      const wrong = way(target, davPlace, { ...PASSWORD, password: 'anders' } as Credentials);
      expect(await carrier.deliver(parcel, wrong, portsOf(begun(parcel)))).toEqual({ ok: false, reason: 'signed-out' });
      const nowhere = way(target, { kind: 'webdav', path: '/elders/dieper' }, PASSWORD);
      expect(await carrier.deliver(parcel, nowhere, portsOf(begun(parcel)))).toEqual({
        ok: false,
        reason: 'place-missing',
      });
    });
  });

  it('with a certificate of somebody else, or one that ran out, gets nothing', async () => {
    const parcel = parcelOf(BYTES, 'webdav');
    const others = makeCertificates(join(folder.path, 'tls-other'), ['elders.test']);
    const server = await startApache(emptyFolder(join(folder.path, 'server')), { ...others }, true);
    trap.lead(`${HOST}:443`, server.port);
    const run = begun(parcel);
    const end = await carrier.deliver(parcel, way(target, davPlace, PASSWORD), portsOf(run));
    expect(end).toEqual({ ok: false, reason: 'not-trusted' });
    expect(said(run)).toEqual(['waiting', 'find', 'failed']);
    await server.stop();
  });
});

describe.skipIf(missing)('a real SFTP server', () => {
  let server: SshServer;
  let target: Target;
  let credentials: Credentials;
  let place: Place;
  beforeAll(async () => {
    server = await startSshd(emptyFolder(join(folder.path, 'ssh')));
    trap.lead(`${HOST}:22`, server.port);
    target = targetAt('sftp', HOST, { hostKey: server.hostKey });
    credentials = { kind: 'key', user: server.user, privateKey: server.privateKey };
    place = { kind: 'sftp', path: server.folder };
  });
  afterAll(() => server.stop());

  it('takes a clip whole, which sftp itself reads back', async () => {
    const parcel = parcelOf(BYTES, 'sftp');
    const to = way(target, place, credentials);
    expect(await carrier.deliver(parcel, to, portsOf(begun(parcel)))).toMatchObject({ ok: true });
    const copy = join(folder.path, 'terug.mp4');
    const options = ['-oStrictHostKeyChecking=no', '-oUserKnownHostsFile=/dev/null', '-oBatchMode=yes', '-q'];
    const from = `${server.user}@127.0.0.1:${join(server.folder, parcel.delivery, parcel.name)}`;
    execFileSync(PROGRAMS.sftp, [...options, '-i', server.privateKeyFile, '-P', String(server.port), from, copy]);
    expect(sha(readFileSync(copy))).toBe(parcel.sha256);
  });

  it('is gone on with after a cut line, from the byte where it was cut', async () => {
    const parcel = parcelOf(BYTES, 'sftp');
    trap.cutAfter(700_000);
    const run = begun(parcel);
    expect(await carrier.deliver(parcel, way(target, place, credentials), portsOf(run))).toMatchObject({ ok: true });
    expect(said(run).filter((step) => step === 'prepare').length).toBe(1);
    expect(sha(readFileSync(join(server.folder, parcel.delivery, parcel.name)))).toBe(parcel.sha256);
  });

  it('keeps nothing of a clip that may not leave any more half-way', async () => {
    const parcel = parcelOf(BYTES, 'sftp');
    const before = readdirSync(server.folder);
    const run = begun(parcel);
    const end = await carrier.deliver(stoppedShort(parcel), way(target, place, credentials), portsOf(run));
    expect(end).toEqual({ ok: false, reason: 'gate-closed' });
    expect(said(run).slice(-2)).toEqual(['take-away', 'failed']);
    expect(readdirSync(server.folder)).toEqual(before);
  });

  it('with another key than the profile names gets nothing, not even a password', async () => {
    const parcel = parcelOf(BYTES, 'sftp');
    const other = { ...target, hostKey: `SHA256:${'A'.repeat(43)}` };
    for (const each of [other, { ...target, hostKey: undefined }])
      expect(await carrier.deliver(parcel, way(each as Target, place, credentials), portsOf(begun(parcel)))).toEqual({
        ok: false,
        reason: 'not-trusted',
      });
    expect(readdirSync(server.folder)).not.toContain(parcel.delivery);
  });

  it('lays nothing over a folder that somebody made', async () => {
    const parcel = parcelOf(BYTES, 'sftp');
    mkdirSync(join(server.folder, parcel.delivery));
    writeFileSync(join(server.folder, parcel.delivery, 'van mij.txt'), 'niet weg');
    const end = await carrier.deliver(parcel, way(target, place, credentials), portsOf(begun(parcel)));
    expect(end).toEqual({ ok: false, reason: 'refused' });
    expect(readdirSync(join(server.folder, parcel.delivery))).toEqual(['van mij.txt']);
  });

  it('tells what stands in the way of signing in', async () => {
    const wrong: Credentials = { kind: 'password', user: server.user, password: 'fout' };
    await expect(carrier.places(target, wrong)).rejects.toMatchObject({ reason: 'signed-out' });
    await expect(
      carrier.places(target, { kind: 'key', user: server.user, privateKey: 'geen sleutel' }),
    ).rejects.toMatchObject({ reason: 'signed-out' });
    expect(await carrier.places(target, credentials)).toEqual([]);
  });

  it('leaves a journal that names neither folder nor person', async () => {
    const parcel = parcelOf(BYTES, 'sftp');
    const run = begun(parcel);
    await carrier.deliver(parcel, way(target, place, credentials), portsOf(run));
    expect(deliveryOf(run.lines)).toMatchObject({ state: 'done' });
    expect(JSON.stringify(run.lines)).not.toContain(server.folder);
  });
});
