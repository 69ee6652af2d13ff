/** Controls, marks that turn the direction of writing, private and unassigned characters, line and paragraph ends. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]+/gu;

/**
 * What somebody typed, as a paper may repeat it: one line, nothing in it that hides or reorders what stands
 * around it, and no more than so many characters.
 */
export function plainText(typed: string, most: number): string {
  const characters = [...typed.replace(UNSEEN, ' ').replaceAll(/\s+/g, ' ').trim()];
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`;
}
