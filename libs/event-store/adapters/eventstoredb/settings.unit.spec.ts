import { describe, expect, it } from '@jest/globals';
import { connectionSettings, InvalidEventStoreUrl } from './settings.js';

describe('an esdb URL', () => {
  it.each([
    ['esdb://db.example', { endpoint: { address: 'db.example', port: 2113 } }],
    ['esdb://127.0.0.1:2114/', { endpoint: { address: '127.0.0.1', port: 2114 } }],
    ['esdb://[::1]:2113?tls=false', { endpoint: { address: '[::1]', port: 2113 } }],
    [
      'esdb://a,b:1,c',
      {
        endpoints: [
          { address: 'a', port: 2113 },
          { address: 'b', port: 1 },
          { address: 'c', port: 2113 },
        ],
      },
    ],
    ['esdb+discover://cluster.example', { discover: { address: 'cluster.example', port: 2113 } }],
    [
      'esdb://a?keepAliveInterval=20000&maxDiscoverAttempts=3',
      { keepAliveInterval: 20_000, maxDiscoverAttempts: 3 },
    ],
  ])('%s is understood', (url, cluster) => {
    expect(connectionSettings({ url }).cluster).toMatchObject(cluster);
  });

  it('is with TLS unless it says otherwise', () => {
    expect(connectionSettings({ url: 'esdb://a' }).credentials.insecure).toBe(false);
    expect(connectionSettings({ url: 'esdb://a?tls=false' }).credentials.insecure).toBe(true);
  });

  it('may hold user and password, or have them beside it', () => {
    expect(connectionSettings({ url: 'esdb://us%40er:p%3Ass@a' }).user).toEqual({
      username: 'us@er',
      password: 'p:ss',
    });
    expect(connectionSettings({ url: 'esdb://a', username: 'u', password: 'p' }).user).toEqual({
      username: 'u',
      password: 'p',
    });
    expect(connectionSettings({ url: 'esdb://a' }).user).toBeUndefined();
  });

  it.each([
    ['http://a', 'is no esdb:// URL'],
    ['esdb://', 'is no esdb:// URL'],
    ['kurrentdb://a', 'is no esdb:// URL'],
    ['esdb://a:99999', 'has a host that is none'],
    ['esdb://a b', 'has a host that is none'],
    ['esdb+discover://a,b', 'only the first would be asked'],
    ['esdb://a?tls=no', 'tls that is not true or false'],
    ['esdb://a?tlsVerifyCert=false', 'has the parameter tlsVerifyCert'],
    ['esdb://a?throwOnAppendFailure=false', 'has the parameter throwOnAppendFailure'],
    ['esdb://a?nodePreference=follower', 'prefers other nodes than the leader'],
    ['esdb://a?keepAliveInterval=500', 'keepAliveInterval under 10000 ms'],
    ['esdb://a?gossipTimeout=soon', 'gossipTimeout that is no whole number'],
    ['esdb://u:secret@a?tls=false', 'without TLS no user and password are sent'],
  ])('%s is refused, and not shown: %s', (url, what) => {
    const refused = (): unknown => connectionSettings({ url });
    expect(refused).toThrow(InvalidEventStoreUrl);
    expect(refused).toThrow(what);
    expect(refused).not.toThrow(/secret/);
  });

  it('names one user only, and a certificate authority only with TLS', () => {
    expect(() => connectionSettings({ url: 'esdb://u:p@a', username: 'other' })).toThrow(
      'another one is given',
    );
    const certificateAuthority = Buffer.from('PEM');
    expect(() => connectionSettings({ url: 'esdb://a?tls=false', certificateAuthority })).toThrow(
      'certificate authority',
    );
    expect(connectionSettings({ url: 'esdb://a', certificateAuthority }).credentials.rootCertificate).toBe(
      certificateAuthority,
    );
  });
});
