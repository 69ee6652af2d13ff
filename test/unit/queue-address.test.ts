import { describe, expect, it } from 'vitest';
import { queueAddress } from '../../workers/queue-address.ts';
import { refused } from '../fixtures/watched-vault.ts';

const read = (text: string, password?: string) => queueAddress(text, { ONHERKENBAAR_QUEUE_PASSWORD: password });

describe('the address of a queue', () => {
  it('is plain on this machine only, by number', () => {
    expect(read('redis://127.0.0.1:7000/3')).toMatchObject({ host: '127.0.0.1', port: 7000, tls: false, database: 3 });
    expect(read('redis://localhost')).toMatchObject({ host: '127.0.0.1', port: 6379, tls: false, database: 0 });
    expect(read('redis://[::1]:1/')).toMatchObject({ host: '::1', port: 1 });
    for (const far of [
      'redis.school.nl',
      '10.0.0.1',
      '127.0.0.1.school.nl',
      '0.0.0.0',
      '[::]',
      '127.1',
      'localhost.nl',
    ])
      expect(() => read(`redis://${far}`), far).toThrow(refused('queue-plain'));
  });

  it('has TLS elsewhere, a user where one is named, and its password from the environment alone', () => {
    const env = { ONHERKENBAAR_QUEUE_PASSWORD: 'geheim' };
    expect(queueAddress('rediss://wer%20ker@redis.school.nl', env)).toEqual({
      host: 'redis.school.nl',
      port: 6379,
      tls: true,
      database: 0,
      username: 'wer ker',
      password: 'geheim',
    });
    // No child process finds it there.
    expect(env).toEqual({});
    expect(() => read('rediss://x:geheim@redis.school.nl')).toThrow(refused('queue-password-shown'));
  });

  it.each([
    '',
    'redis',
    'http://127.0.0.1',
    'redis://',
    'redis://127.0.0.1/x',
    'redis://127.0.0.1?tls=0',
    'redis:127.0.0.1',
  ])('is not %j', (text) => expect(() => read(text)).toThrow(refused('queue-address')));
});
