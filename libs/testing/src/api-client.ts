/** An answer of the API, whatever it was. */
export interface ApiAnswer {
  status: number;
  headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test asserts on what it got, whatever its shape
  body: any;
}

/** The API as any client sees it: over HTTP, signed in. */
export class ApiClient {
  constructor(
    private readonly url: string,
    private readonly token?: string,
  ) {}

  /** A client signed in as a new user. */
  static async register(url: string): Promise<ApiClient> {
    const email = `user-${crypto.randomUUID()}@example.com`;
    const { body } = await new ApiClient(url).post('/auth/register', {
      email,
      password: 'SecurePass123',
      name: 'Test User',
    });
    return new ApiClient(url, body.data.accessToken);
  }

  static async login(url: string, email: string, password: string): Promise<ApiClient> {
    const { body } = await new ApiClient(url).post('/auth/login', { email, password });
    return new ApiClient(url, body.data.accessToken);
  }

  get(path: string): Promise<ApiAnswer> {
    return this.request('GET', path);
  }

  post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<ApiAnswer> {
    return this.request('POST', path, body, headers);
  }

  async request(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  }
}
