import { describe, expect, test } from "vitest";
import { Problem } from "@/lib/errors";
import { requireUncommonPassword } from "./passwords-blocklist";

const names = ["Ada Lindqvist", "ada.lindqvist@acme.example", "Acme Observability"];

function refusal(password: string): string | null {
  try {
    requireUncommonPassword(password, { path: "newPassword", names });
    return null;
  } catch (error) {
    return error instanceof Problem ? error.message : String(error);
  }
}

describe("a new password", () => {
  test.each([
    "correct horse battery staple",
    "four unrelated words here",
    "tr7kq-bz93m-wcx4p-hd82v",
    "Acme pays me in purple umbrellas",
    "vier onverwante woorden",
    "пять случайных слов подряд",
  ])("may be anything that others would not try: %s", (password) => {
    expect(refusal(password)).toBeNull();
  });

  test.each([
    ["passwordpassword", /repeats itself/],
    ["aaaaaaaaaaaaaaaaaaaa", /repeats itself/],
    ["AbcAbcAbcAbcAbc", /repeats itself/],
    ["password12345678", /many people use/],
    ["P@ssw0rd12345678", /many people use/],
    ["qwertyuiopasdfgh", /many people use/],
    ["1234567890123456", /many people use/],
    ["PraxisIdentity1!", /names|service/],
    ["ada.lindqvist@acme.example", /your name/],
    ["Acme Observability 2026", /your organization's/],
    ["ＡｃｍｅＯｂｓｅｒｖａｂｉｌｉｔｙ", /your organization's/],
  ])("is refused with the reason, and the field is named: %s", (password, reason) => {
    expect(refusal(password)).toMatch(reason);
    expect(refusal(password)).toMatch(/^newPassword: /);
    expect(refusal(password)).not.toContain(password);
  });
});
