/** What WinAnsi (cp1252) has beyond Latin-1; the standard fonts of a PDF know no other letters. */
const BEYOND_LATIN = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';
/** Letters that no decomposition takes apart. */
const PLAIN: Record<string, string> = {
  ı: 'i',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ħ: 'h',
  Ħ: 'H',
  ŋ: 'n',
  Ŋ: 'N',
  '\u2212': '-',
  '\u2010': '-',
  '\u2011': '-',
};

function fits(char: string): boolean {
  const code = char.codePointAt(0) ?? 0;
  return (
    char === '\n' || (code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code <= 0xff) || BEYOND_LATIN.includes(char)
  );
}

/**
 * Text as the standard fonts can show it: "Şahin" becomes "Sahin", what has no likeness a question mark. Left
 * as it is, one such letter would garble the rest of its line, as the font's codes are one byte wide.
 */
export function printable(text: string): string {
  return Array.from(text.normalize('NFC'), (char) => {
    if (fits(char)) return char;
    const bare = PLAIN[char] ?? char.normalize('NFKD').replaceAll(/\p{M}/gu, '');
    return bare !== '' && Array.from(bare).every(fits) ? bare : '?';
  }).join('');
}
