import { type LookupAddress, lookup } from "node:dns";
import { BlockList, isIP, isIPv4, type LookupFunction } from "node:net";

/** The host is, or its name leads to, an address that messages are not sent to. */
export class ForbiddenAddressError extends Error {
  override name = "ForbiddenAddressError";
}

// IANA's special-purpose registries: private, loopback, link-local with the metadata services, CGNAT, multicast, …
const reserved = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const)
  reserved.addSubnet(network, prefix, "ipv4");
// Azure's metadata and wire service has a public address.
reserved.addAddress("168.63.129.16", "ipv4");
// Within the global unicast addresses: protocol assignments with Teredo, documentation, 6to4.
for (const [network, prefix] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const)
  reserved.addSubnet(network, prefix, "ipv6");

// Everything else of IPv6 is loopback, link-local, unique local, multicast, or an IPv4 address in disguise.
const globalUnicast = new BlockList();
globalUnicast.addSubnet("2000::", 3, "ipv6");

/** Whether an address is one of the public Internet. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  if (isIPv4(address)) return !reserved.check(address, "ipv4");
  return globalUnicast.check(address, "ipv6") && !reserved.check(address, "ipv6");
}

/** Throws ForbiddenAddressError when the host is written as an address that is not public. */
export function requirePublicHost(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw new ForbiddenAddressError();
}

/**
 * Resolves a name for a connection, which is then made to the very addresses that were checked: a name that is
 * resolved anew would be free to lead elsewhere. Fails when any address is not public.
 */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const [first] = addresses ?? [];
    if (error || first === undefined) callback(error ?? new ForbiddenAddressError(), []);
    else if (addresses.some(({ address }) => !isPublicAddress(address))) callback(new ForbiddenAddressError(), []);
    else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};
