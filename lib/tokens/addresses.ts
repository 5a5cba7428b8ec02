import { BlockList, isIP, isIPv4 } from "node:net";

/** Whether an address is within a token's allowed addresses: IPv4 and IPv6 addresses and CIDR ranges; none, anywhere. */
export function isAddressAllowed(allowedCidrs: readonly string[], address: string | null): boolean {
  if (allowedCidrs.length === 0) return true;
  if (address === null || isIP(address) === 0) return false;
  return allowedCidrs.some((cidr) => includes(cidr, address));
}

/** Whether an address or range lies wholly within one of the ranges: of its own family, as PostgreSQL's `<<=` has it. */
export function covers(ranges: readonly string[], cidr: string): boolean {
  const { network, prefix, family } = parse(cidr);
  return ranges.some((text) => {
    const range = parse(text);
    return range.family === family && range.prefix <= prefix && includes(text, network);
  });
}

function includes(cidr: string, address: string): boolean {
  const { network, prefix, family } = parse(cidr);
  const list = new BlockList();
  list.addSubnet(network, prefix, family);
  return list.check(address, isIPv4(address) ? "ipv4" : "ipv6");
}

function parse(cidr: string): { network: string; prefix: number; family: "ipv4" | "ipv6" } {
  const [network = "", prefix] = cidr.split("/");
  const family = isIPv4(network) ? "ipv4" : "ipv6";
  return { network, prefix: prefix === undefined ? (family === "ipv4" ? 32 : 128) : Number(prefix), family };
}
