import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collect } from '../../native/ffmpeg/run.ts';
import { startProduct } from '../fixtures/product.ts';
import { NO_REDIS, TestRedis } from '../fixtures/redis.ts';
import { PASSPHRASE } from '../fixtures/vault.ts';
import { WorkersVault } from '../fixtures/workers.ts';

describe.skipIf(NO_REDIS !== undefined)(`a queue that can't be used${NO_REDIS ? ` (${NO_REDIS})` : ''}`, () => {
  let at: WorkersVault;
  const servers: TestRedis[] = [];
  beforeAll(async () => {
    at = await WorkersVault.make(1);
    at.fresh();
    servers.push(await TestRedis.start(['--requirepass', 'een wachtwoord']));
    servers.push(await TestRedis.start(['--save', '3600 1']));
    servers.push(await TestRedis.start(['--maxmemory-policy', 'allkeys-lru']));
    servers.push(await TestRedis.start());
    await servers[3]!.stop();
  });
  afterAll(async () => {
    for (const server of servers) await server.stop();
    at.folder.remove();
  });

  const run = () => ['case', 'run', at.dossier, '--vault', at.root, '--as', 'Dio', '--json'];
  const REFUSALS: readonly [
    name: string,
    address: () => string,
    error: { readonly code: string; readonly reason?: string },
    code: number,
    env?: Record<string, string>,
  ][] = [
    ['that is no address', () => 'http://127.0.0.1', { code: 'queue-address' }, 2],
    ['beyond this machine without TLS', () => 'redis://redis.school.example', { code: 'queue-plain' }, 2],
    ['with its password in the address', () => 'redis://x:geheim-9@127.0.0.1', { code: 'queue-password-shown' }, 2],
    ['where nobody answers', () => servers[3]!.address, { code: 'queue-away' }, 5],
    ['that speaks no TLS', () => servers[0]!.address.replace('redis:', 'rediss:'), { code: 'queue-away' }, 5],
    ['that wants a password', () => servers[0]!.address, { code: 'queue-password' }, 5],
    [
      'that wants another password',
      () => servers[0]!.address,
      { code: 'queue-password' },
      5,
      { ONHERKENBAAR_QUEUE_PASSWORD: 'geheim-9' },
    ],
    ['that writes to its disk', () => servers[1]!.address, { code: 'queue-unfit', reason: 'persistent' }, 5],
    ['that drops what it holds', () => servers[2]!.address, { code: 'queue-unfit', reason: 'evicting' }, 5],
  ];

  it.each(REFUSALS)('%s: one sentence, an exit code, nothing begun', async (_, address, error, code, env = {}) => {
    const log = join(at.root, 'log', 'audit.jsonl');
    const before = readFileSync(log, 'utf8');
    const args = ['--vault', at.root, '--key-file', at.keyFile(0), '--queue', address(), '--json'];
    const ran = [await startProduct(['worker', ...args], env).done];
    // Both go the same way to the queue.
    if (['queue-plain', 'queue-unfit'].includes(error.code) && error.reason !== 'evicting')
      ran.push(
        await startProduct([...run(), '--queue', address()], { ONHERKENBAAR_PASSPHRASE: PASSPHRASE, ...env }).done,
      );
    for (const { events, stderr, ...rest } of ran) {
      expect([rest.code, events.at(-1)]).toEqual([code, { event: 'error', ...error }]);
      expect(stderr.trim().split('\n').length).toBe(1);
      expect(stderr).not.toContain('geheim-9');
    }
    expect(readFileSync(log, 'utf8')).toBe(before);
  });

  it('with the right password lets in', async () => {
    const worker = startProduct(
      ['worker', '--vault', at.root, '--key-file', at.keyFile(0), '--queue', servers[0]!.address, '--json'],
      {
        ONHERKENBAAR_QUEUE_PASSWORD: 'een wachtwoord',
      },
    );
    await worker.said(({ event }) => event === 'worker');
    worker.child.kill('SIGTERM');
    expect((await worker.done).code).toBe(0);
  });

  it("over TLS is believed by the school's own CA alone", async () => {
    const cert = join(at.folder.path, 'redis.pem');
    const key = join(at.folder.path, 'redis-key.pem');
    const subject = ['-subj', '/CN=redis', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2', '-nodes'];
    const made = await collect('openssl', [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      ...subject,
      '-keyout',
      key,
      '-out',
      cert,
    ]);
    expect(made.code).toBe(0);
    const tls = await TestRedis.startTls(cert, key);
    servers.push(tls);
    const args = ['worker', '--vault', at.root, '--key-file', at.keyFile(0), '--queue', tls.address, '--json'];
    expect((await startProduct(args).done).events.at(-1)).toEqual({ event: 'error', code: 'queue-certificate' });
    const trusted = startProduct(args, { NODE_EXTRA_CA_CERTS: cert });
    await trusted.said(({ event }) => event === 'worker');
    trusted.child.kill('SIGTERM');
    expect((await trusted.done).code).toBe(0);
  });
});
