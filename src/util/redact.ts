const PLAIN = /^[\w.~-]+$/;
const SHORTEST = 6;

/** How a secret may be written in an answer: in an address, or in the JSON of PHP. */
const formsOf = (secret: string) =>
  PLAIN.test(secret)
    ? [secret]
    : [secret, encodeURIComponent(secret), secret.split('/').join('\\/')];

/** The API may echo the token, in an error or in the address of a next page. */
export function redact(text: string, secrets: string[]): string {
  for (const secret of secrets) {
    if (secret.length < SHORTEST) continue;
    for (const form of formsOf(secret))
      if (text.includes(form)) text = text.split(form).join('[redacted]');
  }
  return text;
}
