import { apiRequest, webResponse } from "@/lib/gates/message";
import { noSuchRoute } from "@/lib/gates/no-such-route";
import { pathFinder } from "@/lib/gates/paths";
import { answer } from "@/lib/gates/route";
import { resourceOperations } from "@/lib/resources/registry";

const find = pathFinder(resourceOperations);

/** Every resource under /v1, from its description in lib/resources. */
async function handle(request: Request): Promise<Response> {
  const found = find(new URL(request.url).pathname);
  return found ? webResponse(await answer(found.operations, apiRequest(request), found.id)) : noSuchRoute(request);
}

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
