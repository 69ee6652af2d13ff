import { InvalidArgumentError, Option } from 'commander';
import type { Recording } from '../core/media/recording.ts';
import type { SoundMode } from '../core/sound/sound-plan.ts';
import { QUALITIES, type Quality } from '../native/analysis.ts';
import { fitted } from '../native/fit.ts';

const MEGABYTE = 1_000_000;

interface Wish {
  readonly quality: Quality['name'];
  /** Most megabytes. */
  readonly fit?: string;
  readonly sound?: SoundMode;
}

/** @throws AppFailure `fit-too-small` */
export function qualityOf({ quality, fit, sound = 'off' }: Wish, recording: Recording): Quality {
  const known = QUALITIES[quality];
  return fit === undefined ? known : fitted(known, Number(fit) * MEGABYTE, recording, sound);
}

/** How large the clip may be. */
export function fitOption(): Option {
  return new Option('--fit <mb>', 'hoogstens zoveel megabyte / at most so many megabytes').argParser((text: string) => {
    if (!(Number(text) > 0)) throw new InvalidArgumentError('MB');
    return text;
  });
}
