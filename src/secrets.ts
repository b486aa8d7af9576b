/** The API may echo the token, in an error or in the address of a next page. */
export function redact(text: string, secrets: string[]): string {
  return secrets
    .filter(secret => secret.length >= 6)
    .flatMap(secret => [
      secret,
      encodeURIComponent(secret),
      secret.split('/').join('\\/'),
    ])
    .reduce(
      (result, form) =>
        result.includes(form) ? result.split(form).join('[redacted]') : result,
      text,
    );
}
