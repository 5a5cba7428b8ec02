import { expect, test } from "vitest";
import * as leaks from "@/app/identity/leaks/route";
import { call } from "@/lib/test/calls";
import { makeSigner, signedHeaders } from "@/lib/test/signing";

test("a deployment without LEAK_REPORT_KEYS has no such route", async () => {
  const body = JSON.stringify([{ token: "x", type: "t" }]);
  for (const headers of [{}, signedHeaders(makeSigner("any"), body)]) {
    const answer = await call(leaks.POST, "/identity/leaks", { body, headers });
    expect([answer.status, answer.body]).toMatchObject([404, { error: "not_found", message: "No such route" }]);
  }
});
