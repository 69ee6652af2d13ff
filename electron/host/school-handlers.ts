import type { Desk } from '../../native/desk/desk.ts';
import { profileView } from '../../native/desk/school-profile.ts';
import {
  addToRegister,
  importList,
  moveInRegister,
  readRegisters,
  withdrawFromRegister,
  writeLetter,
} from '../../native/desk/school-register.ts';
import { confirmProfile, exportProfile, importProfile, readOffered, signProfile } from '../../native/vault/profile.ts';
import { dayNow } from '../../native/day.ts';
import type { ScreenHandlers, ShellHandlers } from './handler-types.ts';

type Screen = Pick<
  ScreenHandlers,
  | 'rules.open'
  | 'rules.sign'
  | 'profile.read'
  | 'profile.sign'
  | 'profile.confirm'
  | 'register.read'
  | 'register.add'
  | 'register.move'
  | 'register.withdraw'
>;
type Shell = Pick<
  ShellHandlers,
  'host.profileExport' | 'host.profileLook' | 'host.profileImport' | 'host.list' | 'host.letter'
>;

/** What the school keeps itself: who may do it, the engine says. */
export function schoolHandlers(desk: Desk): Screen & Shell {
  return {
    'rules.open': () => desk.rulesOpen,
    'rules.sign': () => desk.signRules(),
    'profile.read': () => profileView(desk.session),
    async 'profile.sign'({ profile }) {
      await signProfile(desk.session, profile);
      return profileView(desk.session);
    },
    async 'profile.confirm'() {
      await confirmProfile(desk.session, dayNow());
      return profileView(desk.session);
    },
    'host.profileExport': ({ path }) => void exportProfile(desk.session.vault.profile(dayNow()), path, true),
    'host.profileLook'({ path }) {
      const { signed } = readOffered(path);
      return { profile: signed.profile, at: signed.signedAt };
    },
    async 'host.profileImport'({ path, fingerprint }) {
      await importProfile(desk.session, readOffered(path), undefined, fingerprint);
      return profileView(desk.session);
    },
    'register.read': () => readRegisters(desk.session),
    'register.add': (wish) => addToRegister(desk.session, wish),
    'register.move': (wish) => moveInRegister(desk.session, wish),
    'register.withdraw': ({ entry }) => withdrawFromRegister(desk.session, entry),
    'host.list': (wish) => importList(desk.session, wish),
    'host.letter': ({ kind, path, ...wish }) => writeLetter(desk.session, kind, wish, path),
  };
}
