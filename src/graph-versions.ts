// https://developers.facebook.com/docs/graph-api/changelog/versions

/** The last day of a version. Versions before the first have ended, those after the last have no end yet. */
const ENDS: Record<string, string> = {
  'v20.0': '2026-09-24',
  'v21.0': '2027-01-21',
  'v22.0': '2027-05-20',
  'v23.0': '2027-10-08',
  'v24.0': '2028-02-18',
  'v25.0': '2028-07-29',
};
const OLDEST = 20;
const DAY = 24 * 60 * 60 * 1000;
const SOON = 90 * DAY;

export type VersionState =
  { state: 'ended' } | { state: 'ending'; on: string } | { state: 'good' };

/** Whether the Graph API still answers to a version. */
export function stateOfVersion(
  version: string,
  now = Date.now(),
): VersionState {
  if (Number(version.slice(1)) < OLDEST) return { state: 'ended' };
  const on = ENDS[version];
  if (on === undefined) return { state: 'good' };
  const left = Date.parse(on) + DAY - now;
  if (left <= 0) return { state: 'ended' };
  return left < SOON ? { state: 'ending', on } : { state: 'good' };
}
