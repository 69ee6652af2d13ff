/** The day that it is now, in UTC as all days of the log are: `YYYY-MM-DD`. */
export function dayNow(): string {
  return new Date().toISOString().slice(0, 10);
}
