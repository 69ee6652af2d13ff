import { existsSync, readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import * as tls from 'node:tls';
import { DeliveryFailure } from '../../core/delivery/portal.ts';

/** How this machine reaches others: whom it trusts, and through what it has to go. */
export interface NetworkSettings {
  /** Certificates of the authorities that are trusted, PEM. */
  readonly authorities: readonly string[];
  /** The proxy for a host; undefined: none is needed. */
  readonly proxyFor: (host: string) => URL | undefined;
}

/** Where systems keep what their administrators trust, a school's own authority among it. */
const SYSTEM_BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

type Environment = Readonly<Record<string, string | undefined>>;

/** As the machine's administrator set it: the system's certificates, `NODE_EXTRA_CA_CERTS`, `HTTPS_PROXY`, `NO_PROXY`. */
export function machineSettings(environment: Environment): NetworkSettings {
  const extra = environment['NODE_EXTRA_CA_CERTS'];
  return {
    authorities: [...rootCertificates, ...systemAuthorities(), ...(extra ? readPem(extra) : [])],
    proxyFor: (host) => proxyFor(host, environment),
  };
}

/** Newer runtimes know the stores of Windows and macOS, too. */
function systemAuthorities(): readonly string[] {
  const known = tls as { getCACertificates?: (type: 'system') => string[] };
  const fromSystem = known.getCACertificates?.('system') ?? [];
  if (fromSystem.length > 0) return fromSystem;
  const bundle = SYSTEM_BUNDLES.find((path) => existsSync(path));
  return bundle === undefined ? [] : readPem(bundle);
}

/** A file that can't be read trusts nobody. */
function readPem(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  } catch {
    return [];
  }
}

function proxyFor(host: string, environment: Environment): URL | undefined {
  const named = (name: string) => environment[name.toLowerCase()] ?? environment[name];
  const text = named('HTTPS_PROXY') ?? named('ALL_PROXY');
  if (text === undefined || text === '' || isExempt(host, named('NO_PROXY') ?? '')) return undefined;
  const unusable = () => {
    throw new DeliveryFailure('proxy-refuses', false);
  };
  try {
    // As curl reads it: without a scheme it is http.
    const proxy = new URL(text.includes('://') ? text : `http://${text}`);
    return proxy.protocol === 'http:' ? proxy : unusable();
  } catch {
    // Past a proxy that the school set, nothing goes.
    return unusable();
  }
}

/** `NO_PROXY` as curl reads it: `*`, or names that also stand for all below them. */
function isExempt(host: string, list: string): boolean {
  return list
    .split(',')
    .map((each) =>
      each
        .trim()
        .replace(/^\*?\./, '')
        .toLowerCase(),
    )
    .some((each) => each === '*' || (each !== '' && (host === each || host.endsWith(`.${each}`))));
}
