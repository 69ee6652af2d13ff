import type { Decisions } from '../../core/decision/decisions.ts';
import { fail } from '../../core/errors.ts';
import type { Recording } from '../../core/media/recording.ts';
import type { SoundMode } from '../../core/sound/sound-plan.ts';

/**
 * Before hours of work: sound that can't be had.
 * @throws AppFailure `sound-missing`, `sound-nothing-kept`
 */
export function refuseSound(mode: SoundMode, { audio }: Recording, decisions: Decisions | undefined): void {
  if (mode === 'off') return;
  if (!audio) fail({ code: 'sound-missing' });
  if (!decisions?.sound.kept.length) fail({ code: 'sound-nothing-kept' });
}
