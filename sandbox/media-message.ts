import { badParameter, notValid } from './graph-error';
import { onlyKeys, optional, type Check } from './checks';

export const media =
  (kind: string, extras: string[]): Check =>
  (value, { hasMedia }) => {
    onlyKeys(value, ['id', 'link', ...extras], kind);
    const { id, link } = value;
    if ((id === undefined) === (link === undefined))
      throw badParameter(`Exactly one of id and link is needed for ${kind}`);
    if (id !== undefined && !hasMedia(String(id)))
      throw notValid(`Media ID ${id} does not exist`);
    if (link !== undefined && !/^https?:\/\/[^\s/]+/.test(link))
      throw notValid(`${kind}.link is not a valid URL`);
    const caption = optional(value.caption, `${kind}['caption']`, 1024);
    const name = value.filename ? `${kind}: ${value.filename}` : kind;
    return { header: `[${name}]`, body: caption ?? '' };
  };
