import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { clientAddress, trustOnly } from "./client-address";

function requestFrom(peer: string, forwardedFor?: string): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, "remoteAddress", { value: peer });
  const request = new IncomingMessage(socket);
  if (forwardedFor !== undefined) request.headers["x-forwarded-for"] = forwardedFor;
  return request;
}

describe("the client's address", () => {
  test.each([
    ["no proxy is trusted: a spoofed header changes nothing", [], "203.0.113.7", "10.0.0.1", "203.0.113.7"],
    ["a trusted proxy names the client", ["10.0.0.0/8"], "10.1.2.3", "203.0.113.7", "203.0.113.7"],
    [
      "what the client wrote before the proxy is ignored",
      ["10.0.0.0/8"],
      "10.1.2.3",
      "1.1.1.1, 203.0.113.7",
      "203.0.113.7",
    ],
    ["through a chain of trusted proxies", ["10.0.0.0/8"], "10.1.2.3", "203.0.113.7, 10.9.9.9", "203.0.113.7"],
    ["an untrusted peer is the client", ["10.0.0.0/8"], "203.0.113.7", "10.0.0.1", "203.0.113.7"],
    ["an IPv4 peer of a dual-stack socket", [], "::ffff:203.0.113.7", undefined, "203.0.113.7"],
    ["an IPv6 peer", [], "2001:DB8::1", undefined, "2001:db8::1"],
  ])("%s", (_title, proxies, peer, forwardedFor, expected) => {
    expect(clientAddress(requestFrom(peer, forwardedFor), trustOnly(proxies))).toBe(expected);
  });
});
