/** "2v " and "2V" are one class: who types it another time must not miss a pupil or a dossier. */
export function groupKey(group: string): string {
  return group.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
}

export function sameGroup(a: string, b: string): boolean {
  return groupKey(a) === groupKey(b);
}
