import { expect, it } from 'vitest';
import { attendedInClip } from '../../core/review/attended.ts';
import { mustWatch } from '../../core/review/sample.ts';
import { stillToWatch } from '../../core/review/coverage.ts';
import { planWith } from '../fixtures/plan.ts';

it('words over a silent stretch are to be read, where they stand in the clip', () => {
  // Twenty minutes of which the second one is cut.
  const plan = planWith(20 * 60 * 25, [{ from: 60 * 25, to: 120 * 25 }]);
  const cues = [
    { from: 30, to: 33, text: 'Ga zitten, Roos.' },
    { from: 70, to: 74, text: 'Weg.' },
    { from: 600, to: 604, text: 'Leerling 3: mag ik?' },
  ];
  const attended = attendedInClip(plan, cues);
  expect(attended).toEqual([
    { from: 30, to: 33 },
    { from: 540, to: 544 },
  ]);
  const required = mustWatch('doubts-and-sample', 19 * 60, [], '0'.repeat(64), attended);
  expect(stillToWatch(attended, required)).toEqual([]);
});
