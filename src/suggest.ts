import { distance } from 'fastest-levenshtein';
import _ from 'lodash';

const normal = (name: string) => name.toLowerCase().replace(/[\s_-]/g, '');

/** The known name closest to a misspelled one. */
export function suggest(
  name: string,
  known: string[],
  aliases: Record<string, string> = {},
): string | undefined {
  const written = normal(name);
  const alias = _.find(aliases, (_known, one) => normal(one) === written);
  if (alias && known.includes(alias)) return alias;
  const same = known.find(one => normal(one) === written);
  if (same) return same;
  const nearest = _.minBy(known, one => distance(normal(one), written));
  const limit = written.length > 4 ? 2 : 1;
  return nearest && distance(normal(nearest), written) <= limit
    ? nearest
    : undefined;
}

/** ` Did you mean text?`, or nothing. */
export function didYouMean(
  names: string[],
  known: string[],
  aliases?: Record<string, string>,
): string {
  const meant = _.uniq(
    _.compact(names.map(name => suggest(name, known, aliases))),
  );
  return meant.length ? ` Did you mean ${meant.join(', ')}?` : '';
}
