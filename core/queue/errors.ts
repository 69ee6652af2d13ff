/** Why a Redis may not carry the queue: it writes to its disk what must be gone with a job, or drops what it should keep. */
export type QueueUnfit = 'persistent' | 'evicting' | 'too-old';

/** Why a unit of work could not be done by any worker. */
export type UnitFailure =
  | 'not-there'
  | 'expired'
  | 'forged'
  | 'no-order'
  | 'input-changed'
  | 'disk-full'
  | 'ffmpeg-failed'
  | 'vault-item-damaged'
  | 'worker-died'
  | 'unexpected';

/** Expected failures of work that is handed out to workers. */
export type QueueError =
  | { code: 'queue-address' }
  | { code: 'queue-plain' }
  | { code: 'queue-password-shown' }
  | { code: 'queue-away' }
  | { code: 'queue-certificate' }
  | { code: 'queue-password' }
  | { code: 'queue-unfit'; reason: QueueUnfit }
  | { code: 'queue-no-workers' }
  | { code: 'queue-unit-failed'; reason: UnitFailure }
  | { code: 'queue-stopped' }
  | { code: 'worker-retired' }
  | { code: 'worker-other-version' }
  | { code: 'worker-other-ffmpeg'; wanted: string; found: string };
