import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { finished } from 'node:stream/promises';
import type { Way } from '../../core/delivery/carrier.ts';
import type { Parcel } from '../../core/delivery/portal.ts';
import { networkCarrier } from '../../portals/carrier.ts';
import { makeCertificates } from '../fixtures/portals/certificates.ts';
import { begun, memoryIn, papersOf, parcelOf, portsOf, targetAt } from '../fixtures/portals/runs.ts';
import { DAV, startApache } from '../fixtures/portals/servers.ts';
import { Trap, throughTrap } from '../fixtures/portals/trap.ts';

/**
 * Upload to a real WebDAV server on this machine against `curl -T` of the same bytes, paired, and the same with
 * what the product does beside it: hashing while reading, and reading back.
 * Usage: npm run bench:upload -- [MEGABYTES]
 */
const megabytes = Number(process.argv[2] ?? 1000);
const HOST = 'nas.voorbeeld.test';
const PAIRS = 3;

const folder = mkdtempSync(join(homedir(), '.onherkenbaar-bench-'));
try {
  const file = join(folder, 'clip.mp4');
  const { sha256, size } = await writeFile(file);
  const certificates = makeCertificates(join(folder, 'tls'), [HOST]);
  const server = await startApache(join(folder, 'server'), certificates, true);
  const trap = new Trap();
  trap.lead(`${HOST}:443`, server.port);
  const proxy = await trap.start();
  const carrier = networkCarrier(() => throughTrap(proxy, [certificates.authority]));
  const target = targetAt('webdav', HOST);
  const rows: { curl: number; send: number; all: number }[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    const curl = await seconds(() => withCurl(file, certificates.authorityFile, proxy, pair));
    const plan = { ...parcelOf(Buffer.alloc(1), 'webdav'), sha256, size };
    const parcel: Parcel = {
      ...plan,
      papers: () => Promise.resolve(papersOf(plan)),
      content: (from) => createReadStream(file, { start: from, highWaterMark: 1 << 20 }),
    };
    const way: Way = {
      ...{ target, place: { kind: 'webdav', path: '/in leveren' }, credentials: { kind: 'password', ...DAV } },
      memory: memoryIn({}),
    };
    let sent = 0;
    const began = performance.now();
    const ports = { ...portsOf(begun(parcel)), onChecking: () => (sent = (performance.now() - began) / 1000) };
    const all = await seconds(async () => {
      const end = await carrier.deliver(parcel, way, ports);
      if (!end.ok) throw new Error(end.reason);
    });
    rows.push({ curl, send: sent, all });
  }
  await server.stop();
  await trap.stop();
  const ratios = rows.map(({ curl, send, all }) => [send / curl, all / curl] as const);
  for (const [at, row] of rows.entries())
    console.log(
      `curl -T ${row.curl.toFixed(2)} s; sent ${row.send.toFixed(2)} s = ${ratios[at]![0].toFixed(2)}; ` +
        `sent and read back ${row.all.toFixed(2)} s = ${ratios[at]![1].toFixed(2)}`,
    );
  console.log(`${size} bytes, median of ${PAIRS}: sent ${median(ratios.map(([send]) => send))} times curl -T, `);
  console.log(`sent, hashed and read back ${median(ratios.map(([, all]) => all))} times`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function median(values: readonly number[]): string {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!.toFixed(2);
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

async function writeFile(path: string): Promise<{ sha256: string; size: number }> {
  const out = createWriteStream(path);
  const hash = createHash('sha256');
  const piece = randomBytes(1_000_000);
  for (let at = 0; at < megabytes; at++) {
    piece.writeUInt32LE(at);
    hash.update(piece);
    if (!out.write(Buffer.from(piece))) await new Promise<void>((resolve) => out.once('drain', resolve));
  }
  out.end();
  await finished(out);
  return { sha256: hash.digest('hex'), size: megabytes * 1_000_000 };
}

/** Through the same proxy, to the same server. */
async function withCurl(file: string, authority: string, proxy: URL, pair: number): Promise<void> {
  const where = `https://${HOST}/in%20leveren/curl-${pair}.mp4`;
  const args = ['-sf', '--cacert', authority, '-x', proxy.href, '-u', `${DAV.user}:${DAV.password}`, '-T', file, where];
  await promisify(execFile)('curl', args);
}
