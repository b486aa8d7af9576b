import _ from 'lodash';
import type { Content } from './content';

const FILES = ['image', 'video', 'audio', 'document', 'sticker'];

/** What a person will read of a message that is no template. */
export function previewMessage({ type, ...content }: Content): object {
  const part = content[type];
  const at = (path: string): unknown => _.get(part, path);
  const text = [at('body.text'), at('body'), at('caption')].find(_.isString);
  const labels = _.compact([
    ..._.map(
      at('action.buttons') as object[],
      button =>
        _.get(button, 'reply.title') ?? _.get(button, 'cta_url.display_text'),
    ),
    ..._.flatMap(at('action.sections') as object[], section =>
      _.map(_.get(section, 'rows'), 'title'),
    ),
    at('action.parameters.display_text'),
    at('action.parameters.flow_cta'),
  ]);
  const file = at('filename') ?? at('link') ?? at('id');
  return _.omitBy(
    {
      text,
      header: at('header.text') ?? at('header'),
      footer: at('footer.text'),
      buttons: labels.length ? labels.map(label => ({ label })) : undefined,
      media: FILES.includes(type) ? { [type]: file } : undefined,
    },
    _.isNil,
  );
}
