import { Option } from 'commander';
import { SOUND_MODES } from '../core/sound/sound-plan.ts';

export const SOUND = new Option(
  '--sound <mode>',
  'wat er te horen is: niets, wat is aangewezen, of dat met vervormde stem (minder herkenbaar, niet anoniem) / what is heard: nothing, what was marked, or that with an altered voice (less recognisable, not anonymous)',
)
  .choices([...SOUND_MODES])
  .default('off');
