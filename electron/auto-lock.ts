import { powerMonitor } from 'electron';
import type { Supervisor } from './host/supervisor.ts';

/** Minutes without a key or mouse after which keys are forgotten. */
const IDLE_MINUTES = 10;
const LOOK_EVERY_MS = 15_000;

/**
 * Forgets keys when nobody is there. Work that goes on keeps them until it is done: it was started to be
 * left alone.
 */
export function lockWhenAway(host: Supervisor, onLocked: (why: 'idle' | 'asleep') => void): void {
  let asleep = false;
  let screenLocked = false;
  const lock = async (why: 'idle' | 'asleep') => {
    if (host.pid === undefined) return;
    const { unlocked, busy } = await host.demand('host.state', undefined);
    if (unlocked === undefined || busy) return;
    // A slept-through night is over once the keys are gone.
    asleep = false;
    try {
      await host.screenCall('vault.lock', undefined);
    } catch {
      // A share that went away can fail anything. With the process go the keys.
      await host.stop();
    }
    onLocked(why);
  };
  const ignore = () => {};
  const look = () => {
    if (asleep || screenLocked) lock('asleep').catch(ignore);
    else if (powerMonitor.getSystemIdleTime() >= IDLE_MINUTES * 60) lock('idle').catch(ignore);
  };
  powerMonitor.on('suspend', () => {
    asleep = true;
    look();
  });
  powerMonitor.on('lock-screen', () => {
    screenLocked = true;
    look();
  });
  powerMonitor.on('unlock-screen', () => (screenLocked = false));
  // Waking is no sign of who is there: what was running at the time ends, and then it locks.
  setInterval(look, LOOK_EVERY_MS).unref();
}
