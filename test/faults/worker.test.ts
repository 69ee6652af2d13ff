import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readKeyFile } from '../../native/vault/key-file.ts';
import { startProduct, type Started } from '../fixtures/product.ts';
import { NO_REDIS, TestRedis } from '../fixtures/redis.ts';
import { PASSPHRASE, traces } from '../fixtures/vault.ts';
import { clipOf, LABEL, WorkersVault } from '../fixtures/workers.ts';

describe.skipIf(NO_REDIS !== undefined)(`workers at one queue${NO_REDIS ? ` (${NO_REDIS})` : ''}`, () => {
  let at: WorkersVault;
  let redis: TestRedis;
  /** What one machine makes of it. */
  let wanted = '';
  const queue = () => ['--queue', redis.address];
  beforeAll(async () => {
    redis = await TestRedis.start();
    at = await WorkersVault.make(26);
    at.fresh();
    wanted = clipOf(await at.run());
    expect(wanted).toMatch(/^[0-9a-f]{64}$/);
  });
  beforeEach(() => at.fresh());
  afterEach(async () => {
    await at.stopAll();
    await redis.empty();
  });
  afterAll(async () => {
    await redis.stop();
    at.folder.remove();
  });

  const madeBy = async (started: readonly Started[]): Promise<number[]> => {
    for (const { child } of started) child.kill('SIGTERM');
    const ran = await Promise.all(started.map(({ done }) => done));
    expect(ran.map(({ code, stderr }) => [code, stderr])).toEqual(ran.map(() => [0, '']));
    return ran.flatMap(
      ({ events }) => events.flatMap(({ event, segment }) => (event === 'segment' ? [segment] : [])) as number[],
    );
  };
  const jobFiles = () => {
    const folder = join(at.root, 'dossiers', at.dossier, 'job');
    return readdirSync(folder).filter((name) => name !== 'lock');
  };
  const said = () =>
    at
      .as(at.made.trainee.keys)
      .entries()
      .flatMap(({ what, by }) => (/^(key|release)-/.test(what.event) ? [{ what, by }] : []));

  it('make the very bytes that one machine makes, two of them', async () => {
    const workers = await Promise.all([0, 1].map((number) => at.worker(redis, number)));
    const ran = await at.run(...queue());
    expect([ran.stderr, clipOf(ran)]).toEqual(['', wanted]);
    const stages = ran.events.flatMap(({ stage, done, total }) => (stage === 'render' ? [[done, total]] : []));
    expect(stages.at(-1)).toEqual([650, 650]);
    expect((await madeBy(workers)).toSorted()).toEqual([0, 1, 2, 3]);
    expect(await redis.keys()).toEqual([]);
    expect(jobIsGone(at)).toBe(true);
  });

  it('the segments of one that is killed go to the other, with the very same bytes', async () => {
    const first = await at.worker(redis, 0);
    const running = at.start(...queue());
    // In the middle of its second segment.
    await expect
      .poll(() => jobIsGone(at) || jobFiles().some((name) => /^made-00001-.*\.part$/.test(name)), {
        timeout: 60_000,
        interval: 5,
      })
      .toBe(true);
    first.child.kill('SIGKILL');
    const second = await at.worker(redis, 1);
    const ran = await running.done;
    expect(clipOf(ran)).toBe(wanted);
    expect(await madeBy([second])).toContain(1);
    expect(await redis.keys()).toEqual([]);
  });

  it('make them alone as well, with a key that is released to them, and nobody finds in Redis what it opens', async () => {
    const heard = await redis.overhear();
    const worker = await at.worker(redis, 0);
    const ran = await at.run(...queue());
    expect(clipOf(ran)).toBe(wanted);
    await madeBy([worker]);
    const bytes = heard();
    const session = at.as(at.made.trainee.keys);
    const key = Buffer.from(await session.keyring.keyOf(at.dossier));
    const [released, taken, ended] = said();
    expect(released).toEqual({
      what: { event: 'key-released', dossier: at.dossier, job: expect.any(String), workers: at.workers.toSorted() },
      by: session.keys.person.id,
    });
    const job = released?.what.event === 'key-released' ? released.what.job : '';
    expect(taken).toEqual({ what: { event: 'key-taken', dossier: at.dossier, job }, by: at.workers[0] });
    expect(ended?.what).toEqual({ event: 'release-ended', dossier: at.dossier, job, outcome: 'done' });
    // What may be seen was seen: so what follows would have been.
    for (const plain of [at.dossier, job, 'onherkenbaar/release/1', '"segment":3'])
      expect(bytes.includes(plain) || bytes.includes(plain.replaceAll('"', String.raw`\"`)), plain).toBe(true);
    const names = [...session.vault.people().values()].map(({ person }) => person.name);
    const secrets = [
      key,
      ...(['hex', 'base64', 'base64url'] as const).map((form) => Buffer.from(key.toString(form).replace(/=+$/, ''))),
    ];
    const words = [
      ...names,
      LABEL,
      'Zonderling',
      at.root,
      at.lesson,
      process.cwd(),
      homedir(),
      PASSPHRASE,
      readKeyFile(at.keyFile(0)).passphrase,
    ];
    const found = [...secrets, ...words.map((word) => Buffer.from(word)), ...traces(at.original)].filter((trace) =>
      bytes.includes(trace),
    );
    expect(found.map((trace) => trace.toString('latin1'))).toEqual([]);
  });

  it('leave nothing in Redis when whoever asked stops, and go on from the vault', async () => {
    const worker = await at.worker(redis, 0);
    const running = at.start(...queue());
    await worker.said(({ event }) => event === 'segment');
    running.child.kill('SIGINT');
    const stopped = await running.done;
    expect([stopped.code, stopped.events.at(-1)?.['code']]).toEqual([130, 'queue-stopped']);
    expect(await redis.keys()).toEqual([]);
    expect(jobFiles().filter((name) => /^(order|analysis)-/.test(name))).toEqual([]);
    expect(said().at(-1)?.what).toMatchObject({ event: 'release-ended', outcome: 'stopped' });
    const before = (await madeBy([worker])).length;
    const second = await at.worker(redis, 1);
    expect(clipOf(await at.run(...queue(), '--resume'))).toBe(wanted);
    expect(before + (await madeBy([second])).length).toBeLessThanOrEqual(5);
  });

  it('finish for somebody who was killed, who takes it in on coming back', async () => {
    const worker = await at.worker(redis, 0);
    const running = at.start(...queue());
    await worker.said(({ event }) => event === 'segment');
    running.child.kill('SIGKILL');
    await running.done;
    await worker.said(({ segment }) => segment === 3);
    expect(await madeBy([worker])).toEqual([0, 1, 2, 3]);
    // Nobody serves the queue any more.
    expect(clipOf(await at.run(...queue(), '--resume'))).toBe(wanted);
    expect(said().map(({ what }) => what.event)).toEqual(['key-released', 'key-taken', 'release-ended']);
    expect(await redis.keys()).toEqual([]);
  });

  it('wait for a Redis that went away, which has forgotten all of it', async () => {
    const worker = await at.worker(redis, 0);
    const running = at.start(...queue());
    await worker.said(({ event }) => event === 'segment');
    await redis.stop();
    await new Promise((resolve) => setTimeout(resolve, 2000));
    redis = await TestRedis.start([], redis.port);
    expect(clipOf(await running.done)).toBe(wanted);
    expect((await madeBy([worker])).length).toBeGreaterThanOrEqual(4);
  });

  it('are not waited for when Redis stays away: one sentence, and the job goes on without them', async () => {
    const worker = await at.worker(redis, 0);
    const running = at.start(...queue());
    await worker.said(({ event }) => event === 'segment');
    await redis.stop();
    const ran = await running.done;
    expect([ran.code, ran.events.at(-1)]).toEqual([5, { event: 'error', code: 'queue-away' }]);
    expect(ran.stderr.trim().split('\n').length).toBe(1);
    worker.child.kill('SIGTERM');
    expect((await worker.done).code).toBe(0);
    // What may still lie in a Redis that nobody reaches is not said to be taken back.
    expect(said().map(({ what }) => what.event)).toEqual(['key-released', 'key-taken']);
    redis = await TestRedis.start([], redis.port);
    expect(clipOf(await at.run('--resume'))).toBe(wanted);
  });

  it('get nothing when they were not added, or are out of service', async () => {
    const { admin } = at.made;
    const retired = at.as(admin.keys);
    const out = startProduct(['worker', 'retire', at.workers[0]!, '--vault', at.root, '--as', 'Beheer', '--json'], {
      ONHERKENBAAR_PASSPHRASE: PASSPHRASE,
    });
    expect((await out.done).code).toBe(0);
    const gone = await at.tryWorker(redis, 0);
    expect([gone.code, gone.events.at(-1)]).toEqual([8, { event: 'error', code: 'worker-retired' }]);
    at.forget(at.workers[1]!);
    const unknown = await at.tryWorker(redis, 1);
    expect([unknown.code, unknown.events.at(-1)?.['code']]).toEqual([8, 'person-unknown']);
    const ran = await at.run(...queue());
    expect(ran.events.at(-1)).toEqual({ event: 'error', code: 'queue-no-workers' });
    expect(retired.entries().some(({ what }) => what.event === 'key-released')).toBe(false);
  });
});

function jobIsGone(at: WorkersVault): boolean {
  return !readdirSync(join(at.root, 'dossiers', at.dossier)).includes('job');
}
