import { Problem } from "@/lib/errors";
import { routes } from "@/lib/gates/route";
import { callerOperation } from "@/lib/operation";
import { getPresentedToken } from "@/lib/tokens/queries";
import { tokenSchema } from "@/lib/tokens/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: callerOperation({
    summary: "Describe the token this call is made with",
    principals: ["apiToken", "personalToken"],
    responses: { 200: { description: "The token", schema: tokenSchema } },
    refuse: () =>
      new Problem({ code: "forbidden" }, "This describes the token of a call; send one as Authorization: Bearer …"),
    async handle({ principal }) {
      return { status: 200, body: await getPresentedToken(principal.token.id) };
    },
  }),
});
