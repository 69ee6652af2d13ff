import { rootCertificates } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { asLineFailure, failureOf } from '../../portals/net/failures.ts';
import { machineSettings } from '../../portals/net/settings.ts';

const proxyFor = (environment: Record<string, string>, host = 'canvas.uva.nl') =>
  machineSettings(environment).proxyFor(host)?.href;

describe('the proxy of a school', () => {
  it.each([
    [{}, undefined],
    [{ HTTPS_PROXY: 'http://proxy.school.nl:8080' }, 'http://proxy.school.nl:8080/'],
    // As curl takes it.
    [{ HTTPS_PROXY: 'proxy.school.nl:8080' }, 'http://proxy.school.nl:8080/'],
    [{ https_proxy: '10.0.0.1:3128', HTTPS_PROXY: 'http://elders.nl' }, 'http://10.0.0.1:3128/'],
    [{ ALL_PROXY: 'http://alles.nl:1' }, 'http://alles.nl:1/'],
    [{ HTTPS_PROXY: 'http://p.nl', NO_PROXY: 'uva.nl' }, undefined],
    [{ HTTPS_PROXY: 'http://p.nl', NO_PROXY: '.uva.nl, elders.nl' }, undefined],
    [{ HTTPS_PROXY: 'http://p.nl', NO_PROXY: '*' }, undefined],
    [{ HTTPS_PROXY: 'http://p.nl', NO_PROXY: 'a.nl' }, 'http://p.nl/'],
  ])('%j leads through %s', (environment, proxy) => {
    expect(proxyFor(environment as Record<string, string>)).toBe(proxy);
  });

  it.each(['https://proxy.school.nl', 'socks5://proxy.school.nl', 'http://'])(
    'that can not be used is a failure, and never gone past: %s',
    (HTTPS_PROXY) => {
      expect(() => proxyFor({ HTTPS_PROXY })).toThrow(
        expect.objectContaining({ reason: 'proxy-refuses', again: false }),
      );
    },
  );
});

describe('whom this machine trusts', () => {
  it("are at least the runtime's authorities, and a file that is not there adds nobody", () => {
    const { authorities } = machineSettings({ NODE_EXTRA_CA_CERTS: '/nergens/ca.pem' });
    for (const each of rootCertificates) expect(authorities).toContain(each);
  });
});

describe('what a far end says', () => {
  it.each([
    [429, '12.3456', 'busy', true, 12_346],
    [503, undefined, 'unreachable', true, 0],
    [503, 'Fri, 01 Jan 2100 00:00:00 GMT', 'unreachable', true, 900_000],
    [401, '5', 'signed-out', false, 0],
    [507, undefined, 'disk-full', false, 0],
    [418, undefined, 'refused', false, 0],
    [501, undefined, 'refused', false, 0],
  ])('%i, wait %s: %s', (status, wait, reason, again, notBefore) => {
    expect(failureOf(status, wait)).toMatchObject({ reason, again, notBefore });
  });

  it('is told from what is a mistake of ours', () => {
    const broken = (code: string) => asLineFailure(Object.assign(new Error(code), { code }));
    expect(broken('ECONNRESET')).toMatchObject({ reason: 'unreachable', again: true });
    expect(broken('CERT_HAS_EXPIRED')).toMatchObject({ reason: 'not-trusted', again: false });
    expect(broken('EPROXYAUTH')).toMatchObject({ reason: 'proxy-refuses', again: false });
    const ours = new TypeError('ours');
    expect(asLineFailure(ours)).toBe(ours);
  });
});
