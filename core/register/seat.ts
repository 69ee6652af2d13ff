/** A place in the class as the school counts it: rows from the front, places from the left. From 1 on. */
export interface SeatPlace {
  readonly row: number;
  readonly place: number;
}

const MOST = 12;
/** As preference lists are taken in, and as the register asks for it; in English as well. */
const ROW = /\b(?:rij|row)\s*(\d{1,2})\b/i;
const PLACE = /\b(?:plaats|place|plek|seat)\s*(\d{1,2})\b/i;

/** @returns undefined where the words name no row and place, as "at the window" */
export function seatPlaceOf(seat: string): SeatPlace | undefined {
  const row = Number(ROW.exec(seat)?.[1]);
  const place = Number(PLACE.exec(seat)?.[1]);
  const fits = (value: number) => value >= 1 && value <= MOST;
  return fits(row) && fits(place) ? { row, place } : undefined;
}

/** So large is a plan on which nobody sits further. */
const LEAST = { rows: 4, places: 6 };

export function planSize(seats: readonly SeatPlace[]): { readonly rows: number; readonly places: number } {
  return {
    rows: Math.max(LEAST.rows, ...seats.map(({ row }) => row)),
    places: Math.max(LEAST.places, ...seats.map(({ place }) => place)),
  };
}
