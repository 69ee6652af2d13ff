import { describe, expect, it } from 'vitest';
import type { DeliveryPorts, Outcome } from '../../core/delivery/carrier.ts';
import { deliveryOf, JournalLine, type DeliveryPlan } from '../../core/delivery/journal.ts';
import { DeliveryFailure, type Parcel, type Portal } from '../../core/delivery/portal.ts';
import { waitAfter } from '../../portals/back-off.ts';
import { deliver, MOST_TRIES } from '../../portals/job.ts';
import { FarEnd, sha, type Faults } from '../fixtures/far-end.ts';
import { seeded } from '../fixtures/vault.ts';

const PLAN: Omit<DeliveryPlan, 'sha256' | 'size'> = {
  delivery: '00112233445566aa',
  dossier: 'ffeeddccbbaa0011',
  approval: 'b'.repeat(64),
  target: 'hva',
  platform: 'brightspace',
  name: '0123456789abcdef.mp4',
  pageReadOn: '2026-11-22',
};

/** Whoever sends is gone at once, without a word, as with kill -9. */
class Killed extends Error {}

function planOf(bytes: Uint8Array): DeliveryPlan {
  return { ...PLAN, sha256: sha(bytes), size: bytes.length };
}

function parcelOf(bytes: Uint8Array, piece: number): Parcel {
  return {
    ...planOf(bytes),
    papers: () => Promise.resolve([]),
    async *content(from) {
      for (let at = from; at < bytes.length; at += piece) yield Promise.resolve(bytes.subarray(at, at + piece));
    },
  };
}

interface Run {
  readonly lines: JournalLine[];
  readonly waits: number[];
  checked: number;
}

function portsOf(run: Run, random: () => number, kill: () => void): DeliveryPorts {
  return {
    lines: [...run.lines],
    write(line) {
      kill();
      run.lines.push(JournalLine.parse(line));
      kill();
    },
    now: () => new Date('2026-11-22T10:00:00Z'),
    random,
    wait: (milliseconds) => {
      run.waits.push(milliseconds);
      return Promise.resolve();
    },
    onSending: () => Promise.resolve(),
    onChecked: () => {
      kill();
      run.checked++;
      return Promise.resolve();
    },
    signal: undefined,
  };
}

function begun(bytes: Uint8Array): Run {
  return { lines: [{ state: 'waiting', at: '2026-11-22T09:00:00Z', plan: planOf(bytes) }], waits: [], checked: 0 };
}

/** Starts it again after each kill, as a person would. */
async function toTheEnd(bytes: Uint8Array, far: FarEnd, run: Run, random: () => number, kill: () => void) {
  for (;;) {
    try {
      return await deliver(parcelOf(bytes, 1 + Math.floor(random() * 9)), far.portal, portsOf(run, random, kill));
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
  }
}

const SEEDS = 600;

function world(seed: number) {
  const random = seeded(seed);
  const some = (most: number) => (random() < 0.5 ? 0 : random() * most);
  const faults: Faults = {
    ...{ transient: some(0.3), permanent: some(0.05), drop: some(0.2), lostReply: some(0.8), flip: some(0.15) },
    resumes: (['by-server', 'by-journal', 'not'] as const)[Math.floor(random() * 3)]!,
    ...{ digest: random() < 0.7, canTakeBack: random() < 0.7 },
  };
  let kills = random() < 0.7 ? Math.floor(random() * 8) : 0;
  const kill = () => {
    if (kills === 0 || random() > 0.1) return;
    kills--;
    throw new Killed();
  };
  const bytes = Uint8Array.from({ length: 20 + Math.floor(random() * 60) }, () => Math.floor(random() * 256));
  const far = new FarEnd(faults, random, 1 + Math.floor(random() * 16), kill);
  return { random, kill, bytes, far, faults };
}

describe('a delivery over a bad line', () => {
  it(`ends there once and right, or failed with a reason (${SEEDS} seeds)`, async () => {
    const ends = new Map<string, number>();
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { random, kill, bytes, far, faults } = world(seed);
      const run = begun(bytes);
      const outcome = await toTheEnd(bytes, far, run, random, kill);
      const name = `seed ${seed}: ${JSON.stringify({ outcome, faults })}`;
      const state = deliveryOf(run.lines);
      const kept = [...far.kept.values()];
      expect(kept.length, name).toBeLessThanOrEqual(1);
      if (outcome.ok) {
        expect(kept.map(sha), name).toEqual([sha(bytes)]);
        expect(state, name).toMatchObject({ state: 'done', receipt: outcome.receipt });
        expect(run.checked, name).toBeGreaterThan(0);
      } else {
        expect(state, name).toMatchObject({ state: 'failed', reason: outcome.reason });
        // Whoever is told that it failed must know when something may lie there all the same.
        if (kept.length === 1) expect(['outcome-unknown', 'differs'], name).toContain(outcome.reason);
        if (outcome.reason === 'differs' && !faults.canTakeBack) expect(kept.map(sha), name).not.toEqual([sha(bytes)]);
      }
      const end = outcome.ok ? 'done' : outcome.reason;
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }
    // Every kind of end was met, else nothing was tried.
    expect([...ends.keys()].sort()).toEqual(['differs', 'done', 'outcome-unknown', 'refused', 'unreachable']);
    expect(ends.get('done')).toBeGreaterThan(SEEDS / 2);
  });

  it('goes on with the same delivery when it is asked for again after it failed', async () => {
    for (let seed = 1; seed <= 100; seed++) {
      const { random, bytes, far } = world(seed);
      const run = begun(bytes);
      let outcome: Outcome = { ok: false, reason: 'unreachable' };
      for (let again = 0; again < 40 && !outcome.ok; again++)
        outcome = await toTheEnd(bytes, far, run, random, () => {});
      expect(far.kept.size).toBeLessThanOrEqual(1);
      if (outcome.ok) expect([...far.kept.values()].map(sha)).toEqual([sha(bytes)]);
    }
  });

  it('writes every step down before it is taken', async () => {
    const bytes = Uint8Array.of(1, 2, 3, 4, 5);
    const run = begun(bytes);
    const seen: string[] = [];
    const far = new FarEnd(
      { ...NONE, digest: true },
      () => 1,
      2,
      () => {},
    ).portal;
    const told = (what: string) => void seen.push(`${what} after ${said(run.lines.at(-1)!)}`);
    const portal: Portal = {
      prepare: (...all) => (told('prepare'), far.prepare(...all)),
      find: (...all) => (told('find'), far.find(...all)),
      send: (...all) => (told('send'), far.send(...all)),
      readBack: (...all) => (told('readBack'), far.readBack(...all)),
      takeBack: (...all) => (told('takeBack'), far.takeBack(...all)),
    };
    await deliver(
      parcelOf(bytes, 5),
      portal,
      portsOf(
        run,
        () => 0,
        () => {},
      ),
    );
    expect(seen).toEqual([
      'find after busy find',
      'prepare after busy prepare',
      'send after busy send',
      'readBack after delivered',
    ]);
    expect(run.lines.map(said).slice(-5)).toEqual(['busy sent', 'busy sent', 'delivered', 'checked', 'done']);
  });
});

const NONE: Faults = {
  ...{ transient: 0, permanent: 0, drop: 0, lostReply: 0, flip: 0 },
  ...{ resumes: 'not', digest: true, canTakeBack: true },
};
const said = (line: JournalLine) => ('doing' in line ? `${line.state} ${line.doing}` : line.state);

describe('trying again', () => {
  it('waits longer each time, and only where it may help', async () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const always = (reason: 'unreachable' | 'refused', again: boolean) => {
      const far = new FarEnd(
        NONE,
        () => 1,
        2,
        () => {},
      ).portal;
      return { ...far, find: () => Promise.reject(new DeliveryFailure(reason, again)) };
    };
    const patient = begun(bytes);
    const end = await deliver(
      parcelOf(bytes, 3),
      always('unreachable', true),
      portsOf(
        patient,
        () => 0,
        () => {},
      ),
    );
    expect(end).toEqual({ ok: false, reason: 'unreachable' });
    expect(patient.waits).toEqual([1000, 2000, 4000, 8000, 16_000]);
    expect(patient.waits.length).toBe(MOST_TRIES - 1);
    const told: number[] = [];
    const heard = {
      ...portsOf(
        begun(bytes),
        () => 0,
        () => {},
      ),
      onWaiting: (_: string, ms: number) => told.push(ms),
    };
    await deliver(parcelOf(bytes, 3), always('unreachable', true), heard);
    expect(told).toEqual(patient.waits);
    const hasty = begun(bytes);
    await deliver(
      parcelOf(bytes, 3),
      always('refused', false),
      portsOf(
        hasty,
        () => 0,
        () => {},
      ),
    );
    expect(hasty.waits).toEqual([]);
    expect(waitAfter(40, 1)).toBe(300_000);
    expect(waitAfter(1, 0.999)).toBeLessThanOrEqual(2000);
  });

  it('sends to one target one at a time, and to another beside it', async () => {
    let inside = 0;
    let most = 0;
    const slow = new FarEnd(
      NONE,
      () => 1,
      64,
      () => {},
    ).portal;
    const portal: Portal = {
      ...slow,
      async prepare(...all) {
        most = Math.max(most, ++inside);
        await new Promise((resolve) => setTimeout(resolve, 5));
        inside--;
        return slow.prepare(...all);
      },
    };
    const send = (target: string, name: string) => {
      const bytes = Uint8Array.from(name, (letter) => letter.charCodeAt(0));
      const parcel = { ...parcelOf(bytes, 4), target, name };
      return deliver(
        parcel,
        portal,
        portsOf(
          begun(bytes),
          () => 0,
          () => {},
        ),
      );
    };
    const names = ['0000000000000001.mp4', '0000000000000002.mp4', '0000000000000003.mp4'] as const;
    await Promise.all(names.map((name) => send('hva', name)));
    expect(most).toBe(1);
    await Promise.all([send('hva', '0000000000000004.mp4'), send('vu', '0000000000000005.mp4')]);
    expect(most).toBe(2);
  });

  it('stops when it is asked to, and says nothing else of it', async () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const run = begun(bytes);
    const controller = new AbortController();
    const far = new FarEnd(
      NONE,
      () => 1,
      2,
      () => controller.abort(),
    ).portal;
    const ports = {
      ...portsOf(
        run,
        () => 0,
        () => {},
      ),
      signal: controller.signal,
    };
    await expect(deliver(parcelOf(bytes, 3), far, ports)).rejects.toMatchObject({ error: { code: 'cancelled' } });
    expect(deliveryOf(run.lines)).toMatchObject({ state: 'paused', reason: 'cancelled' });
  });
});
