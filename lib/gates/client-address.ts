import type { IncomingMessage } from "node:http";
import { isIPv6 } from "node:net";
import proxyAddr from "proxy-addr";

type Trust = ReturnType<typeof proxyAddr.compile>;

/** Reads TRUSTED_PROXIES: the addresses and ranges whose X-Forwarded-For is believed. */
export function trustOnly(proxies: readonly string[]): Trust {
  return proxyAddr.compile([...proxies]);
}

/**
 * The address a request came from: the connection's, or, behind trusted proxies only, the last one in X-Forwarded-For
 * that is not theirs. What a client writes there itself changes nothing.
 */
export function clientAddress(request: IncomingMessage, trust: Trust): string {
  const address = proxyAddr(request, trust);
  // An IPv4 peer of a dual-stack socket.
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return mapped ?? (isIPv6(address) ? address.toLowerCase() : address);
}
