import type { FastifyReply } from 'fastify';
import type { Readable } from 'node:stream';
import type { Fault } from './faults';
import { badParameter } from './graph-error';
import { idOf, type Request } from './base';
import type { Cloud, Session } from './graph';

// The Resumable Upload API.

const TYPES = [
  'application/pdf',
  'image/jpeg',
  'image/jpg',
  'image/png',
  'video/mp4',
];
/** A signature as Meta writes it: to be sent back letter by letter. */
const SIGNATURE = 'ARZ/qGh-7+x=';

const sizeOf = ({ pieces }: Session) =>
  pieces.reduce((sum, piece) => sum + piece.length, 0);

/** Keeps what arrives, also of a body that breaks off. */
async function receive(session: Session, body: Readable, fault?: Fault) {
  const end = sizeOf(session) + (fault?.cut ?? Infinity);
  for await (const piece of body) {
    session.pieces.push(piece.subarray(0, Math.max(0, end - sizeOf(session))));
    if (sizeOf(session) >= end) return;
  }
}

export function addUploads(cloud: Cloud) {
  const { base, nodes, ofApp } = cloud;

  // Whatever is neither JSON nor a form comes as it is.
  base.app.addContentTypeParser('*', (_request, payload, done) =>
    done(null, payload),
  );

  base.app.post(
    '/:version/:id/uploads',
    ofApp(async request => {
      const { file_name, file_length, file_type } = request.query as any;
      if (!TYPES.includes(file_type))
        throw badParameter(`Files of type ${file_type} are not supported`);
      if (!(Number(file_length) > 0))
        throw badParameter('The parameter file_length is required');
      const key = `upload:${Buffer.from(`session ${base.store.nextId()}`).toString('base64url')}`;
      cloud.state.sessions.set(key, {
        name: file_name,
        type: file_type,
        length: Number(file_length),
        pieces: [],
      });
      return { id: `${key}?sig=${SIGNATURE}` };
    }),
  );

  function find(request: Request): Session | undefined {
    const session = cloud.state.sessions.get(idOf(request));
    if (!session) return undefined;
    const [, sig] = /[?&]sig=([^&]*)/.exec(request.url) ?? [];
    if (sig !== SIGNATURE) throw badParameter('The signature is not valid');
    return session;
  }

  nodes.GET.push(request => {
    const session = find(request);
    return session && { id: idOf(request), file_offset: sizeOf(session) };
  });

  nodes.POST.push(async (request, reply: FastifyReply, fault) => {
    const session = find(request);
    if (!session) return undefined;
    const offset = Number(request.headers.file_offset);
    if (offset !== sizeOf(session))
      throw badParameter(`file_offset must be ${sizeOf(session)}`);
    await receive(session, request.body as Readable, fault).catch(() => {});
    if (fault?.cut !== undefined) {
      reply.hijack();
      reply.raw.destroy();
      return reply;
    }
    if (sizeOf(session) !== session.length)
      throw badParameter('The file is not complete');
    const handle = `4::${Buffer.from(`handle ${base.store.nextId()}`).toString('base64')}:${session.type}`;
    cloud.state.handles.set(handle, Buffer.concat(session.pieces));
    return { h: handle };
  });

  return {
    /** What was uploaded, by its handle. */
    get handles() {
      return cloud.state.handles;
    },
  };
}
