import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { ForbiddenAddressError, lookupPublic, requirePublicHost } from "./addresses";

const maxResponseBytes = 64 * 1024;

export interface PostOptions {
  headers: Readonly<Record<string, string>>;
  body: string;
  /** allow: also to addresses that are not public, and without TLS. */
  privateAddresses: "refuse" | "allow";
  timeoutMilliseconds: number;
  /** Ends the request when the service stops. */
  signal?: AbortSignal | undefined;
}

/** What came of a request: a status, or why there was none. Nothing of the answer's body is kept. */
export type PostResult = { status: number } | { error: string };

/** Posts a message. Follows no redirect, uses no proxy and no connection made before. Throws when the service stops. */
export async function post(url: URL, options: PostOptions): Promise<PostResult> {
  const { privateAddresses, timeoutMilliseconds, signal: stopping } = options;
  const isRefusing = privateAddresses === "refuse";
  if (isRefusing && url.protocol !== "https:") return { error: "Only https addresses are sent to" };
  const timeout = AbortSignal.timeout(timeoutMilliseconds);
  try {
    if (isRefusing) requirePublicHost(url);
    const response = await answered(url, options, stopping ? AbortSignal.any([timeout, stopping]) : timeout);
    await discard(response);
    return { status: response.statusCode ?? 0 };
  } catch (error) {
    if (stopping?.aborted) throw error;
    return { error: timeout.aborted ? `No answer within ${timeoutMilliseconds / 1000} seconds` : reasonOf(error) };
  }
}

function answered(url: URL, options: PostOptions, signal: AbortSignal): Promise<IncomingMessage> {
  const request = url.protocol === "https:" ? requestHttps : requestHttp;
  const body = Buffer.from(options.body);
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: "POST",
      headers: { ...options.headers, "content-length": body.byteLength },
      agent: false,
      signal,
      ...(options.privateAddresses === "refuse" && { lookup: lookupPublic }),
    });
    sent.once("response", resolve);
    // Once there is an answer, an error of the connection is no news.
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Lets a short body pass, so that the receiver sees an orderly end; how that goes does not matter. */
async function discard(response: IncomingMessage): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of response) {
      bytes += Buffer.byteLength(chunk);
      if (bytes > maxResponseBytes) break;
    }
  } catch {
    // The status has arrived, and it is the answer.
  }
}

/** In words for the people who run the receiver; of the network that the service is in, they learn nothing. */
function reasonOf(error: unknown): string {
  if (error instanceof ForbiddenAddressError) return "The host is not on the public Internet";
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "The host name could not be resolved";
  if (code === "ECONNREFUSED") return "The connection was refused";
  if (code === "ECONNRESET" || code === "EPIPE") return "The connection was closed before an answer";
  if (/^(E(HOST|NET)UNREACH|ETIMEDOUT)$/.test(code)) return "The host could not be reached";
  if (/CERT|SELF_SIGNED|ISSUER|SIGNATURE/.test(code)) return `The TLS certificate is not valid (${code})`;
  if (code.startsWith("ERR_SSL") || code === "EPROTO") return "No TLS connection could be made";
  return "The request failed";
}
