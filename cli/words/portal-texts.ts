import type { Language } from '../../words/errors.ts';

export interface PortalTexts {
  readonly line: (id: string, name: string, platform: string, host: string, signedIn: boolean) => string;
  readonly none: string;
  readonly askSecret: (target: string) => string;
  readonly signedIn: (target: string) => string;
  readonly signedOut: (target: string) => string;
  readonly wasNot: (target: string) => string;
  readonly place: (place: string, label: string) => string;
  readonly noPlaces: (target: string) => string;
  readonly password: (password: string) => string;
}

const nl: PortalTexts = {
  line: (id, name, platform, host, signedIn) =>
    `${id}  ${name}  ${platform}  ${host}  ${signedIn ? 'aangemeld' : 'niet aangemeld'}`,
  none: 'Het schoolprofiel noemt geen doelen. Alleen de beheerder kan ze daarin opnemen.',
  askSecret: (target) => `Token, wachtwoord of sleutel voor ${target} (wordt niet getoond): `,
  signedIn: (target) => `Je bent aangemeld bij ${target}. Alleen jij kunt deze aanmelding gebruiken.`,
  signedOut: (target) => `Je aanmelding bij ${target} is weg.`,
  wasNot: (target) => `Je was niet aangemeld bij ${target}.`,
  place: (place, label) => `${place}  ${label}`,
  noPlaces: (target) => `${target} noemt geen plekken. Geef de plek zelf met --place.`,
  password: (password) =>
    `Wachtwoord voor de ontvanger: ${password}\nGeef het langs een andere weg door dan de mail met de link, bijvoorbeeld door de telefoon.`,
};

const en: PortalTexts = {
  line: (id, name, platform, host, signedIn) =>
    `${id}  ${name}  ${platform}  ${host}  ${signedIn ? 'signed in' : 'not signed in'}`,
  none: 'The school profile names no targets. Only the administrator can put them there.',
  askSecret: (target) => `Token, password or key for ${target} (not shown): `,
  signedIn: (target) => `You are signed in to ${target}. Nobody but you can use this.`,
  signedOut: (target) => `Your sign-in to ${target} is gone.`,
  wasNot: (target) => `You were not signed in to ${target}.`,
  place: (place, label) => `${place}  ${label}`,
  noPlaces: (target) => `${target} names no places. Give the place yourself with --place.`,
  password: (password) =>
    `Password for the receiver: ${password}\nPass it on by another way than the mail with the link, such as the telephone.`,
};

export function portalTexts(language: Language): PortalTexts {
  return language === 'nl' ? nl : en;
}
