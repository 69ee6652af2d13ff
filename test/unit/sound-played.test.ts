import { describe, expect, it } from 'vitest';
import { withWholeTurns } from '../../core/decision/sound-edit.ts';
import { MISSED, Played } from '../../renderer/screens/edit/sound/played.ts';

describe('what was played', () => {
  const played = new Played();
  played.add({ from: 10, to: 12 });
  played.add({ from: 12, to: 14 });
  played.add({ from: 20, to: 21 });
  played.add({ from: 50, to: 77 });

  it.each([
    ['all of it', { from: 10, to: 14 }, []],
    ['all but a moment at its end', { from: 10.5, to: 14.25 }, []],
    ['all but three seconds of thirty', { from: 50, to: 80 }, [{ from: 77, to: 80 }]],
    ['its first half', { from: 12, to: 16 }, [{ from: 14, to: 16 }]],
    [
      'pieces',
      { from: 9, to: 22 },
      [
        { from: 9, to: 10 },
        { from: 14, to: 20 },
        { from: 21, to: 22 },
      ],
    ],
    ['half of a short word', { from: 13.9, to: 14.1 }, [{ from: 14, to: 14.1 }]],
    ['nothing', { from: 30, to: 31 }, [{ from: 30, to: 31 }]],
  ])('of a stretch: %s', (_, range, missing) => {
    expect(played.missing(range, MISSED.turn)).toEqual(missing);
  });

  it('says nothing of what stays silent', () => {
    expect(played.missing({ from: 10, to: 21 }, MISSED.stretch, [{ from: 13.5, to: 20 }])).toEqual([]);
    expect(
      played.missing({ from: 10, to: 30 }, MISSED.stretch, [
        { from: 14, to: 20 },
        { from: 21, to: 40 },
      ]),
    ).toEqual([]);
    expect(played.missing({ from: 10, to: 21 }, MISSED.stretch, [{ from: 18, to: 20 }])).toEqual([
      { from: 14, to: 18 },
    ]);
  });
});

describe('a stretch that somebody marked', () => {
  const turns = [
    { from: 48_000, to: 144_000 },
    { from: 192_000, to: 196_800 },
  ];

  it('reaches to the ends of a turn of which it leaves a sliver', () => {
    expect(withWholeTurns({ from: 1.08, to: 2.95 }, turns)).toEqual({ from: 1, to: 3 });
    expect(withWholeTurns({ from: 1.5, to: 2.95 }, turns)).toEqual({ from: 1.5, to: 2.95 });
    // A tenth of a short one.
    expect(withWholeTurns({ from: 4.02, to: 4.1 }, turns)).toEqual({ from: 4.02, to: 4.1 });
    expect(withWholeTurns({ from: 0.5, to: 4.095 }, turns)).toEqual({ from: 0.5, to: 4.1 });
  });
});
