import { createECDH, createPublicKey, type ECDH, randomBytes, verify } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterAll } from 'vitest';
import { listen } from '#bin/web/listen.ts';
import { PushPayload } from '#lib/core/notification.ts';
import { decryptPush } from './decrypt-push.ts';

export type ReceivedPush = { payload: PushPayload; ttl: number; urgency: string; topic: string | undefined };
export type PushDevice = {
  subscription: { endpoint: string; keys: { p256dh: string; auth: string } };
  received: ReceivedPush[];
  /** How the next pushes are answered, one each; then 201. */
  answers: { status: number; headers?: Record<string, string> }[];
  /** While it is set, a push is taken in and not answered. */
  hold: boolean;
};
export type PushService = { origin: string; newDevice(): PushDevice; problems: string[] };

/** A push service on loopback that is as strict as the standards: RFC 8030, 8188, 8291 and 8292. What it refuses it also notes in `problems`. */
export async function startPushService(publicKey: () => string): Promise<PushService> {
  const devices = new Map<string, PushDevice & { key: ECDH; secret: Buffer }>();
  const problems: string[] = [];
  const server = createServer((request, response) => {
    take(request, response).catch((error: Error) => {
      problems.push(error.message);
      response.writeHead(400).end();
    });
  });
  await listen(server, '127.0.0.1', 0);
  const { port } = server.address() as { port: number };
  const origin = `http://127.0.0.1:${port}`;
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const device = devices.get(request.url ?? '');
    if (!device) return void response.writeHead(404).end();
    const body = await buffer(request);
    const { headers } = request;
    require(request.method === 'POST', 'A push is a POST.');
    require(headers['content-encoding'] === 'aes128gcm', `The encoding is ${headers['content-encoding']}.`);
    require(body.length <= 4_096, `The body has ${body.length} bytes.`);
    require(/^\d+$/.test(String(headers.ttl)), 'A push says how long it is kept.');
    require(/^(?:very-low|low|normal|high)$/.test(String(headers.urgency)), `The urgency is ${headers.urgency}.`);
    require(headers.topic === undefined || /^[\w-]{1,32}$/.test(String(headers.topic)), `The topic is ${headers.topic}.`);
    checkVapid(String(headers.authorization), origin, publicKey());
    const text = decryptPush(body, device.key, device.secret).toString('utf8');
    const payload = PushPayload.parse(JSON.parse(text));
    device.received.push({ payload, ttl: Number(headers.ttl), urgency: String(headers.urgency), topic: headers.topic?.toString() });
    if (device.hold) return;
    const { status, headers: added } = device.answers.shift() ?? { status: 201 };
    response.writeHead(status, { location: `${origin}/messages/${randomBytes(8).toString('hex')}`, ...added }).end();
  }

  return {
    origin,
    problems,
    newDevice() {
      const key = createECDH('prime256v1');
      const secret = randomBytes(16);
      const path = `/push/${randomBytes(12).toString('hex')}`;
      const keys = { p256dh: key.generateKeys('base64url', 'uncompressed'), auth: secret.toString('base64url') };
      const device = { subscription: { endpoint: `${origin}${path}`, keys }, received: [], answers: [], hold: false, key, secret };
      devices.set(path, device);
      return device;
    },
  };
}

function require(condition: boolean, problem: string): asserts condition {
  if (!condition) throw new Error(problem);
}

/** RFC 8292: a JWT signed with the key that the device was subscribed for, to this service, for at most a day. */
function checkVapid(authorization: string, audience: string, publicKey: string): void {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization) ?? [];
  require(key === publicKey, 'The push is signed with another key than the subscription was made for.');
  const [header = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
  const signer = createPublicKey({ key: jwk, format: 'jwk' });
  const signed = verify(
    'sha256',
    Buffer.from(`${header}.${claims}`),
    { key: signer, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  require(signed, 'The signature is not valid.');
  const { alg, typ } = JSON.parse(Buffer.from(header, 'base64url').toString()) as Record<string, unknown>;
  require(alg === 'ES256' && typ === 'JWT', `The token is ${typ} with ${alg}.`);
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { aud: string; exp: number; sub: string };
  const seconds = exp - Date.now() / 1_000;
  require(aud === audience, `The token is for ${aud}.`);
  require(seconds > 0 && seconds <= 86_400, `The token is good for ${seconds} s.`);
  require(/^(?:mailto:.+@.+|https:\/\/.+)$/.test(sub), `The sender is ${sub}.`);
}
