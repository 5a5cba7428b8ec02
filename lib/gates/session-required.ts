import { Problem } from "@/lib/errors";

/** 403 for a token where a person has to be signed in: no token can make, see or revoke personal tokens. */
export function sessionRequired(): Problem {
  return new Problem({ code: "forbidden" }, "This needs a signed-in user; tokens of any kind cannot do it");
}
