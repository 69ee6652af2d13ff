import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Role } from '../../core/vault/person.ts';
import { showingRefusals } from '../../core/vault/showing.ts';

const facts = { role: 'school-trainer', supervisedLook: true, importedOn: '2026-11-02', today: '2026-11-20' } as const;
const group = { kind: 'group', on: '2026-11-20', people: 12 } as const;
const supervised = { kind: 'supervised', on: '2026-11-20', people: 1 } as const;

describe('a showing', () => {
  it('to a group is a day and a whole number of people (M7)', () => {
    expect(showingRefusals(group, { ...facts, role: 'trainee', supervisedLook: false })).toEqual([]);
    for (const people of [0, -1, 1.5, 201, NaN])
      expect(showingRefusals({ ...group, people }, facts)).toEqual(['M7-people']);
    for (const on of ['2026-11-01', '2026-11-21'])
      expect(showingRefusals({ ...group, on }, facts)).toEqual(['M7-date']);
    expect(showingRefusals({ ...group, on: facts.importedOn, people: 1 }, facts)).toEqual([]);
  });

  it('under supervision is of one, by a school trainer, where the profile allows it (S7)', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Role.options),
        fc.boolean(),
        fc.integer({ min: 0, max: 3 }),
        (role, supervisedLook, people) => {
          const may = role === 'school-trainer' && supervisedLook && people === 1;
          const found = showingRefusals({ ...supervised, people }, { ...facts, role, supervisedLook });
          expect(found.length === 0).toBe(may);
          expect(found.every((rule) => rule.startsWith('S7'))).toBe(true);
        },
      ),
    );
  });
});
