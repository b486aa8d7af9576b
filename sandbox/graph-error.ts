/** A refusal in Meta's words and codes. */
export class GraphError extends Error {
  constructor(
    readonly code: number,
    readonly title: string,
    readonly details: string,
    readonly status = 400,
    readonly subcode?: number,
    /** What Meta writes for people to read. */
    readonly forUsers?: { title: string; message: string },
  ) {
    super(title);
  }

  toJSON() {
    const { code, title, details, subcode, forUsers } = this;
    return {
      error: {
        message: `(#${code}) ${title}`,
        type: 'OAuthException',
        code,
        ...(subcode && { error_subcode: subcode }),
        ...(forUsers
          ? {
              is_transient: false,
              error_user_title: forUsers.title,
              error_user_msg: forUsers.message,
            }
          : { error_data: { messaging_product: 'whatsapp', details } }),
        fbtrace_id: 'AsandboxTraceId',
      },
    };
  }
}

const TITLES: Record<number, [title: string, status: number]> = {
  0: ['AuthException', 401],
  1: ['API Unknown', 400],
  2: ['API Service', 503],
  4: ['Application request limit reached', 400],
  10: ['Application does not have permission for this action', 403],
  100: ['Invalid parameter', 400],
  190: ['Error validating access token', 401],
  368: ['Temporarily blocked for policies violations', 403],
  80007: ['Rate limit issues', 400],
  130403: ['Business has blocked this user', 400],
  130429: ['Rate limit hit', 400],
  131000: ['Something went wrong', 500],
  131005: ['Access denied', 403],
  131008: ['Required parameter is missing', 400],
  131009: ['Parameter value is not valid', 400],
  131016: ['Service unavailable', 500],
  131026: ['Message undeliverable', 400],
  131031: ['Business Account locked', 403],
  131042: ['Business eligibility payment issue', 400],
  131045: ['Incorrect certificate', 500],
  131047: ['Re-engagement message', 400],
  131048: ['Spam rate limit hit', 400],
  131051: ['Unsupported message type', 400],
  131053: ['Media upload error', 400],
  131056: ['(Business Account, Consumer Account) pair rate limit hit', 400],
  131057: ['Account in maintenance mode', 500],
  132000: ['Number of parameters does not match the expected number', 400],
  132001: ['Template name does not exist in the translation', 404],
  132012: ['Parameter format does not match format in the template', 400],
  133004: ['Server Temporarily Unavailable', 503],
  133005: ['Two step verification PIN Mismatch', 400],
  133010: ['Phone number not registered', 400],
  139100: ['Failed to block/unblock some users', 400],
  200007: ['Template insights are not enabled', 400],
};

export function graphError(code: number, details: string, status?: number) {
  const [title, usual] = TITLES[code] ?? ['An error of the sandbox', 400];
  return new GraphError(code, title, details, status ?? usual);
}

/** A definition that Meta does not take, in words for people. */
export const badDefinition = (
  subcode: number,
  title: string,
  message: string,
) =>
  new GraphError(100, 'Invalid parameter', message, 400, subcode, {
    title,
    message,
  });

export const missing = (name: string) =>
  graphError(131008, `Parameter '${name}' is mandatory`);

export const notValid = (details: string) => graphError(131009, details);

export const badParameter = (details: string) => graphError(100, details);

/** Meta's answer for an id that does not exist, or that the token may not see. */
export const noObject = (id: string) =>
  new GraphError(
    100,
    `Unsupported request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`,
    `Object with ID '${id}' does not exist`,
    400,
    33,
  );
