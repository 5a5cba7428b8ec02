import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { clientAddressHeader } from "./origin";
import { comeFromProvider, goToProvider } from "./single-sign-on";

// Read when lib/env is first imported. Nobody listens on that port.
vi.hoisted(() => {
  process.env.NEXTAUTH_URL = "http://127.0.0.1:3000";
  process.env.NEXTAUTH_SECRET = "a-secret-that-only-these-tests-know-0123456789";
  process.env.OIDC_ISSUER = "http://127.0.0.1:9";
  process.env.OIDC_CLIENT_ID = "praxis";
  process.env.OIDC_CLIENT_SECRET = "a-secret-of-the-tests";
  process.env.RATE_LIMIT_SIGN_IN_ADDRESS = "2/900";
});

const base = "http://127.0.0.1:3000/sign-in/sso";

test.each([
  ["back without having begun", comeFromProvider, `${base}/callback?code=a&state=b`, "refused", "sso_unknown_state"],
  ["to a provider that is down", goToProvider, base, "unavailable", "sso_provider_unavailable"],
] as const)(
  "an address that keeps coming %s is told to wait, and fills no log",
  async (_, handle, url, said, reason) => {
    const address = randomUUID();
    const outcomes = [];
    for (let attempt = 0; attempt < 5; attempt++) {
      const answer = await handle(new Request(url, { headers: { [clientAddressHeader]: address } }));
      outcomes.push(/sso=(\w+)/.exec(answer.headers.get("location") ?? "")?.[1]);
    }
    expect(outcomes).toEqual([said, said, "throttled", "throttled", "throttled"]);
    const events = await db.auditEvent.findMany({ where: { address }, orderBy: { sequence: "asc" } });
    expect(events.map((event) => event.reason)).toEqual([reason, reason, "throttled_address"]);
  },
);
