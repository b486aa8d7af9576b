import '@fastify/multipart';
import type { FastifyRequest } from 'fastify';

/** The fields of a form; a file with its content, type and name. */
export async function readForm(request: FastifyRequest) {
  const fields: Record<string, any> = {};
  for await (const part of request.parts())
    fields[part.fieldname] =
      part.type === 'file'
        ? {
            content: await part.toBuffer(),
            mimetype: part.mimetype,
            filename: part.filename,
          }
        : part.value;
  return fields;
}
