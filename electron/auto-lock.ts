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
  const lock = async (why: 'idle' | 'asleep') => {
    if (host.pid === undefined) return;
    const { unlocked, busy } = await host.demand('host.state', undefined);
    if (unlocked === undefined || busy) return;
    asleep = false;
    await host.screenCall('vault.lock', undefined);
    onLocked(why);
  };
  const ignore = () => {};
  const away = () => {
    asleep = true;
    lock('asleep').catch(ignore);
  };
  powerMonitor.on('lock-screen', away);
  powerMonitor.on('suspend', away);
  setInterval(() => {
    if (asleep) lock('asleep').catch(ignore);
    else if (powerMonitor.getSystemIdleTime() >= IDLE_MINUTES * 60) lock('idle').catch(ignore);
  }, LOOK_EVERY_MS).unref();
  powerMonitor.on('unlock-screen', () => (asleep = false));
  powerMonitor.on('resume', () => (asleep = false));
}
