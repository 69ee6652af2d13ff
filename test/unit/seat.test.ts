import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planSize, seatPlaceOf } from '../../core/register/seat.ts';

describe('a place in the class', () => {
  it.each([
    ['rij 2, plaats 3', { row: 2, place: 3 }],
    ['Rij 12 plek 1', { row: 12, place: 1 }],
    ['row 1, seat 4', { row: 1, place: 4 }],
    ['plaats 3, rij 2', { row: 2, place: 3 }],
    ['raam, tweede rij', undefined],
    ['rij 2', undefined],
    ['rij 0, plaats 3', undefined],
    ['rij 2, plaats 13', undefined],
    ['rij 200, plaats 3', undefined],
    ['', undefined],
  ])('%s', (seat, place) => {
    expect(seatPlaceOf(seat)).toEqual(place);
  });

  it('is read back from the words that a list is taken in with, and has room on the plan', () => {
    const number = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number)), (places) => {
        const seats = places.map(([row, place]) => seatPlaceOf(`rij ${row}, plaats ${place}`)!);
        expect(seats).toEqual(places.map(([row, place]) => ({ row, place })));
        const { rows, places: wide } = planSize(seats);
        expect(seats.every((each) => each.row <= rows && each.place <= wide)).toBe(true);
      }),
    );
  });

  it('is never made of any other words', () => {
    fc.assert(
      fc.property(fc.string(), (words) => {
        if (!/rij|row/i.test(words)) expect(seatPlaceOf(words)).toBeUndefined();
      }),
    );
  });
});
