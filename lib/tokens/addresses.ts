import { BlockList, isIP, isIPv4 } from "node:net";

/** Whether an address is within a token's allowed addresses: IPv4 and IPv6 addresses and CIDR ranges; none, anywhere. */
export function isAddressAllowed(allowedCidrs: readonly string[], address: string | null): boolean {
  if (allowedCidrs.length === 0) return true;
  if (address === null || isIP(address) === 0) return false;
  const list = new BlockList();
  for (const cidr of allowedCidrs) {
    const [network = "", prefix] = cidr.split("/");
    const family = isIPv4(network) ? "ipv4" : "ipv6";
    if (prefix === undefined) list.addAddress(network, family);
    else list.addSubnet(network, Number(prefix), family);
  }
  return list.check(address, isIPv4(address) ? "ipv4" : "ipv6");
}
