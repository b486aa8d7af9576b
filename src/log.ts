/** Reports values that Meta may reject. */
export type Warn = (warning: string) => void;

export const warn: Warn = warning => console.warn(`Warning: ${warning}`);

export const plural = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** What was read, for the log: `Fetched 3 templates` */
export const logCount =
  (one: string, many = `${one}s`) =>
  ({ body }: { body: unknown[] }) =>
    `Fetched ${plural(body.length, one, many)}`;
