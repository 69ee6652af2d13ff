/** What Windows-1252 has at 0x80 to 0x9f (WHATWG Encoding); Node takes these for control characters. */
const BEYOND_LATIN = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Text of a file that says nowhere how it is coded: UTF-8 with or without a mark, else Windows-1252. */
export function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1').replace(/[\x80-\x9f]/g, (char) => BEYOND_LATIN[char.charCodeAt(0) - 0x80]!);
  }
}
