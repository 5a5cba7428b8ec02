import { createServer } from "node:http";
import * as revoke from "@/app/identity/tokens/revoke/route";
import * as tokens from "@/app/identity/tokens/route";
import { nodeRequest, sendAnswer } from "@/lib/gates/node-http";
import { pathFinder } from "@/lib/gates/paths";
import { answer, operationsOf } from "@/lib/gates/route";
import { resourceOperations } from "@/lib/resources/registry";

// An instance that answers only what the test asks, by the very same handlers: it starts fast enough to be killed fifty
// times.

const find = pathFinder({
  ...resourceOperations,
  "/identity/tokens": operationsOf(tokens),
  "/identity/tokens/revoke": operationsOf(revoke),
});
const server = createServer(async (request, response) => {
  const found = find(request.url?.split("?", 1)[0] ?? "");
  if (!found) return response.writeHead(404).end();
  await sendAnswer(await answer(found.operations, nodeRequest(request), found.id), request, response);
});
server.listen(0, "127.0.0.1", () => process.send?.(server.address()));
process.on("disconnect", () => process.exit());
