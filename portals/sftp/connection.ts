import { createHash } from 'node:crypto';
import type { Client, SFTPWrapper } from 'ssh2';
import type { Credentials } from '../../core/delivery/credentials.ts';
import { DeliveryFailure } from '../../core/delivery/portal.ts';
import type { Portal } from '../../core/profile/profile.ts';
import { asLineFailure } from '../net/failures.ts';
import type { NetworkSettings } from '../net/settings.ts';
import { openSocket, type Socket } from '../net/tunnel.ts';

const SSH_PORT = 22;
const READY_MS = 20_000;

/** An optional package: its install script builds something that is not needed, and may be refused. */
async function ssh2(): Promise<typeof import('ssh2')> {
  try {
    const loaded = await import('ssh2');
    return loaded.default ?? loaded;
  } catch {
    throw new DeliveryFailure('refused', false);
  }
}

export interface Connection {
  readonly sftp: SFTPWrapper;
  readonly client: Client;
}

/**
 * Logs in to the server that has the key of the signed profile, and to no other: unlike a certificate, nobody
 * vouches for a key that is seen for the first time.
 * @throws DeliveryFailure `not-trusted`, `signed-out`, `unreachable`
 */
export async function connect(
  target: Portal,
  credentials: Credentials | undefined,
  settings: NetworkSettings,
): Promise<Connection> {
  const { host, port = SSH_PORT, hostKey } = target;
  if (hostKey === undefined) throw new DeliveryFailure('not-trusted', false);
  if (!credentials || credentials.kind === 'token') throw new DeliveryFailure('signed-out', false);
  const { Client: SshClient } = await ssh2();
  const sock = await opened(host, port, settings);
  const client = new SshClient();
  let trusted = false;
  const secret =
    credentials.kind === 'key' ? { privateKey: credentials.privateKey } : { password: credentials.password };
  return new Promise((resolve, reject) => {
    const refused = (error: Error & { level?: string }) => {
      client.destroy();
      if (!trusted && error.level === 'handshake') reject(new DeliveryFailure('not-trusted', false));
      else if (error.level === 'client-authentication') reject(new DeliveryFailure('signed-out', false));
      else reject(new DeliveryFailure('unreachable', true));
    };
    const gone = () => refused(new Error('closed'));
    client.once('error', refused);
    client.once('close', gone);
    client.once('ready', () =>
      client.sftp((error, sftp) => {
        if (error) return refused(error);
        client.off('error', refused);
        client.off('close', gone);
        // What breaks later shows at whatever is being done.
        client.on('error', () => {});
        // Each packet under way listens for the end.
        client.setMaxListeners(0);
        resolve({ sftp, client });
      }),
    );
    try {
      client.connect({
        ...{ sock, username: credentials.user, ...secret, readyTimeout: READY_MS, keepaliveInterval: 15_000 },
        hostVerifier: (key: Buffer) => (trusted = fingerprint(key) === hostKey),
      });
    } catch {
      // A private key that is none.
      client.destroy();
      reject(new DeliveryFailure('signed-out', false));
    }
  });
}

async function opened(host: string, port: number, settings: NetworkSettings): Promise<Socket> {
  try {
    return await openSocket(host, port, settings);
  } catch (error) {
    throw asLineFailure(error);
  }
}

/** As `ssh-keygen -l` prints it. */
function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}
