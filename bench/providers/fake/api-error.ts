/** What a call answers instead of a result: status, text and, for some, a code in `status`. */
export class ApiError extends Error {
  readonly http: number;
  readonly code: string | undefined;

  constructor(http: number, text: string, code?: string) {
    super(text);
    this.http = http;
    this.code = code;
  }

  get body(): { readonly error: string; readonly status?: string } {
    return { error: this.message, ...(this.code === undefined ? {} : { status: this.code }) };
  }
}

export const machineNotFound = (): ApiError => new ApiError(404, 'not_found: machine not found');

export const invalid = (text: string): ApiError => new ApiError(400, `invalid_argument: ${text}`);

export const precondition = (text: string): ApiError =>
  new ApiError(412, `failed_precondition: ${text}`);
